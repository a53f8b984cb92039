"""The role of a section from the words of its heading; what has none takes that of the section above it.

A heading is read conjunct by conjunct ("MỤC TIÊU, NHIỆM VỤ" is two), and each by the words it begins with. The
phrases are data: lexicon/roles.txt.
"""

from __future__ import annotations

import re
from functools import lru_cache

from vnplan.model import Role
from vnplan.structure.lexicons import read_groups

_STICKY: frozenset[Role] = frozenset({"situation", "basis"})
# What the words of a heading below do not make of a part of these: it names a field of work, or of aims.
_FIELDS: dict[Role | None, frozenset[Role]] = {
    "objectives": _STICKY | {"budget", "organisation", "reporting"},  # "Về tài chính công: giảm 10% chi trực tiếp"
    "tasks": _STICKY,  # "Đánh giá thực trạng thiết chế văn hóa"
    "organisation": frozenset({"tasks", "requirements", "situation"}),
}
# Conjuncts that name no part of a plan alone: "KIỂM TRA, GIÁM SÁT VÀ CHẾ ĐỘ BÁO CÁO" is about reporting.
# yes: kiểm tra / theo dõi, đôn đốc / công tác kiểm tra
# no:  kiểm tra hồ sơ
_NEUTRAL = re.compile(r"(?:công tác |việc |chế độ )?(?:kiểm tra|giám sát|đôn đốc|theo dõi|thanh tra|khen thưởng)")
# yes: Yêu cầu các sở / Yêu cầu UBND huyện (someone is told something)
# no:  Yêu cầu / YÊU CẦU CHUNG / Yêu cầu về hồ sơ
_TELLS = re.compile(
    r"[ ]?Yêu cầu[ ](?:[A-ZĐỦƯÔ][^\W\d_]|(?:các|toàn thể|những)[ ]|(?:thủ trưởng|giám đốc|người đứng đầu|chủ tịch)[ ])"
)
_DOINGS: frozenset[Role] = frozenset({"reporting", "organisation", "tasks", "requirements"})  # verbs name them too
_CONJUNCT = re.compile(r"[ ]?[,;&][ ]?|[ ]và[ ]|[ ]-[ ]")
_LEAD = re.compile(r"^(?:(?:một số|các|những|về|công tác|nội dung)[ ])+")
_HEADING_WORDS = 14


@lru_cache(maxsize=1)
def _by_first_word() -> dict[str, tuple[tuple[str, Role], ...]]:
    index: dict[str, list[tuple[str, Role]]] = {}
    for phrase, role in read_groups("roles.txt"):
        index.setdefault(phrase.split(" ")[0], []).append((phrase, role))  # type: ignore[arg-type]
    return {word: tuple(pairs) for word, pairs in index.items()}


def _begins(words: str) -> Role | None:
    for phrase, role in _by_first_word().get(words.split(" ")[0], ()):
        if words.startswith(phrase) and not words[len(phrase) : len(phrase) + 1].isalnum():
            return role
    return None


def heading_roles(heading: str) -> tuple[Role, ...]:
    """Return the roles that the words of a heading name, in their order.

    >>> heading_roles("MỤC ĐÍCH, YÊU CẦU"), heading_roles("Sở Y tế")
    (('purpose', 'requirements'), ())
    """
    words = heading.split(":")[0].strip(" .;").replace("_", " ").casefold()
    if not words or words.count(" ") >= 40 or _TELLS.match(heading):
        return ()
    whole = _begins(words) or _begins(_LEAD.sub("", words)) or _behind_neutral(words)
    if whole is None:
        return ()
    found: list[Role] = [whole]
    if whole in _STICKY or whole in ("organisation", "reporting", "appendix"):
        return tuple(found)
    for conjunct in _CONJUNCT.split(words)[1:6]:
        role = _begins(conjunct) or _begins(_LEAD.sub("", conjunct))
        if role and role not in found:
            found.append(role)
    return tuple(found)


def _is_name(heading: str) -> bool:
    """Tell whether a heading is a phrase of the list, and nothing more."""
    words = heading.strip(" .;").casefold()
    return any(words == phrase for phrase, _ in _by_first_word().get(words.split(" ")[0], ()))


def _behind_neutral(words: str) -> Role | None:
    """Return the role of the first conjunct that names one, where those before it name none of their own."""
    first, *others = _CONJUNCT.split(words)[:6]
    if not others or not _NEUTRAL.fullmatch(first):
        return None
    for conjunct in others:
        role = _begins(conjunct) or _begins(_LEAD.sub("", conjunct))
        if role or not _NEUTRAL.fullmatch(conjunct):
            return role
    return None


def section_role(
    heading: str, above: Role | None, *, top: bool, chapter: bool, sentence: bool, leaf: bool = False
) -> tuple[Role | None, Role | None]:
    """Return the role of a section and the role its children inherit.

    ``above`` is what it inherits; ``top`` says that it stands in no other section, or is headed in capitals;
    ``chapter`` that it stands high enough to leave a sticky role (a situation);
    ``sentence`` that its first words are a sentence, which names no role ("Tổ chức thực hiện tốt ...");
    ``leaf`` that nothing stands below it: with a stop at its end it is a short one ("Báo cáo hằng tuần.").
    """
    if above in _STICKY and not chapter:
        return above, above
    if sentence and not _labelled(heading):
        return above, above
    if heading.count(" ") >= _HEADING_WORDS and not heading.isupper() and not _labelled(heading):
        return above, above
    found = heading_roles(heading)
    if not found or (not top and found[0] in _FIELDS.get(above, ())):
        return above, above
    if above and leaf and found[0] in _DOINGS and heading[-1:] in (".", ";") and not _is_name(heading):
        return above, above
    if len(found) == 1:
        return found[0], found[0]
    passed: Role = (
        "tasks" if "tasks" in found else found[0]
    )  # of several roles, that of a child without words of its own
    return passed, passed


def _labelled(heading: str) -> bool:
    """``Kinh phí: do ngân sách ...`` names its role before a colon even where it runs on."""
    return 0 < heading.find(":") <= 60
