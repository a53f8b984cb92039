"""How a document relates to what it cites (quan hệ), told by the words that govern the clause of the citation.

docs/domain.md, section 3: ``implements`` belongs to the opening clause and the title; inside sections the words "triển
khai thực hiện" make a mention only, since a task there may be to implement anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from vnplan.extract.citations import Citation
from vnplan.extract.issuers import subject_words
from vnplan.extract.letters import CAPITAL, SMALL
from vnplan.extract.lexicon import word_list
from vnplan.model import Relation

Zone = Literal["title", "opening", "section"]

_SHORT_GAP = 12  # code points between two citations of which nothing but a joint stands
_PARTS = 6  # clauses before the first citation in which the cue of a list is looked for
_REACH = 240  # code points before a citation that may govern it
# A clause ends at a semicolon, a colon or a sentence end; an abbreviation ("TP.") or a number ends none.
_CLAUSE_END = re.compile(rf"[;:]|(?<![{CAPITAL}])\.(?=[ ][{CAPITAL}])")
_LABEL = re.compile(r"[ ]?(?:[-+*•–(“\"][ ]?|[0-9IVXa-zđ]{1,4}[.)][ ])?[ ]?")
# In an opening a clause also begins with a capital where the sign before it is missing.
_OPENING_END = re.compile(
    rf"{_CLAUSE_END.pattern}|(?<=[{SMALL}0-9)][ ])"
    r"(?=(?:Căn cứ|Theo đề nghị|Xét đề nghị|Xét Tờ trình|Thực hiện|Trên cơ sở)[ ])"
)
# yes: "THỦ TƯỚNG CHÍNH PHỦ " / "TRÊN ĐỊA BÀN TỈNH NĂM 2024 " before "Căn cứ"
# no:  "UBND tỉnh"
_TITLE = re.compile(rf"[ ]?(?:[{CAPITAL}0-9]{{1,12}}[ ,/:-]{{1,3}}){{2,60}}(?=[{CAPITAL}][{SMALL}])")
# yes: ", Kế hoạch số" / " và " / ", cùng " / "; " right before a citation that stands beside the one before it
# no:  " thực hiện " right before it
_BESIDE = re.compile(
    r"(?:[,;]|[ ,]và|[ ,]cùng|[ ,]cùng với|[ ,]hoặc|[ ,]và các|[ ,]các|,[ ]một số|[.]|[(])[ ]?(?:theo[ ])?(?:các[ ])?$"
)
# yes: " và chỉ đạo của Thủ tướng Chính phủ tại " / "; ý kiến của UBND tỉnh tại các "
# no:  " theo quy định tại "
_SAID_AT = re.compile(
    r"(?:,|;|[ ]và)[ ](?:theo[ ])?(?:các[ ])?"
    r"(?:ý kiến|nội dung|chỉ đạo|kết luận|đề nghị|yêu cầu|hướng dẫn|phát biểu)[ ]"
    r"[^,;.]{0,120}(?:tại|theo)[ ](?:các[ ])?$"
)
# yes: "(sau đây gọi tắt là " / "(gọi tắt là "
_ALIAS = re.compile(r"\((?:sau đây |dưới đây )?(?:được )?(?:gọi|viết)(?: chung)?(?: tắt)?(?: là)?[: ]{0,3}[“\"']?$")
_DOING = r"(?:thực hiện|triển khai|cụ thể hóa|thi hành|quán triệt|hưởng ứng|thực thi)"
_OWN_WORD = r"(?:,?[ ](?!tại|theo|của|về|ở|trong)[^\W\d_]{1,8})"  # none that makes the citation another word's object
_ANY_WORD = r"(?:,?[ ][^\W_]{1,10})"
# yes: "… triển khai thực hiện có hiệu quả " right before a citation
# no:  "… thực hiện các giải pháp tại " right before it
_DOES = re.compile(rf"{_DOING}{_OWN_WORD}{{0,6}}[ ](?:theo[ ])?$", re.I)
# yes: "Tiếp tục triển khai thực hiện tốt " right before it
# no:  "Tiếp tục truyền thông, phổ biến "
_GOES_ON = re.compile(rf"(?:^|[ ,;.])tiếp tục{_OWN_WORD}{{0,4}}[ ]{_DOING}{_OWN_WORD}{{0,6}}[ ]$", re.I)
# yes: "Căn cứ " / "Trên cơ sở các nhiệm vụ tại " right before a citation
# no:  "có căn cứ pháp lý theo "
_FOUNDED = re.compile(
    r"(?:^|[ ,;.(])(?:căn cứ(?: vào)?|trên cơ sở)(?: các| những| nội dung)?"
    r"(?:[ ](?:quy định|chỉ tiêu|nhiệm vụ)(?: tại)?)?[ ]$",
    re.I,
)
# yes: "thay thế ", "Bãi bỏ các ", "Sửa đổi, bổ sung một số điều của " right before it
# no:  "thay thế thiết bị theo "
_REPLACES = re.compile(
    r"thay thế(?: cho)?(?: các| toàn bộ| một phần| nội dung| khoản| Điều| [0-9]{1,3}){0,5}[ ]$", re.I
)
_REPEALS = re.compile(r"(?:bãi bỏ|hủy bỏ)(?: các| toàn bộ| một phần| nội dung| văn bản|:){0,4}[ ]$", re.I)
_AMENDS = re.compile(rf"(?:sửa đổi|bổ sung|điều chỉnh|đính chính){_ANY_WORD}{{0,18}}[ ]$", re.I)
_CHANGES: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    ("replaces", _REPLACES),
    ("repeals", _REPEALS),
    ("amends", _AMENDS),
)
# yes: "được sửa đổi, bổ sung bởi " right before it
_PASSIVE = re.compile(rf"(?:được|đã|bị)[ ](?:sửa đổi|bổ sung|thay thế|bãi bỏ|điều chỉnh){_ANY_WORD}{{0,18}}[ ]$", re.I)
# yes: "Quyết định này thay thế ", "Quyết định này có hiệu lực kể từ ngày ký và thay thế "
_SELF_CHANGES = re.compile(
    r"(?:Quyết định|Kế hoạch|Nghị quyết|Thông tư|Nghị định|Chỉ thị|Quy chế|Quy định|Chương trình|Văn bản|Công văn"
    r"|Hướng dẫn|Luật)[ ]này[ ]",
    re.I,
)
# yes: "ban hành Nghị định sửa đổi, bổ sung một số điều của "
_ISSUES_CHANGE = re.compile(
    r"ban hành[ ](?:Quyết định|Nghị quyết|Thông tư|Nghị định|Quy định|Quy chế|Kế hoạch)"
    r"[ ](?:sửa đổi|bổ sung|thay thế|bãi bỏ)"
)
_WITH = re.compile(r"(?:ban hành[ ])?kèm theo[ :]{0,2}$", re.I)
_REQUEST = re.compile(r"(?:theo|xét) đề nghị|xét tờ trình|xét$", re.I)
# yes: "Theo đề nghị của Giám đốc Sở Nội vụ tại "
_REQUESTED_AT = re.compile(r"(?:theo|xét|trên cơ sở) (?:đề nghị|đề xuất)[^;.]{0,160}tại[ ]$", re.I)
_OPERATIVE = re.compile(
    r"(?:Điều [0-9]{1,3}[.:]?[ ])?(?:Sửa đổi|Bổ sung|Thay thế|Bãi bỏ|Hủy bỏ|Điều chỉnh|Đính chính)", re.I
)


@dataclass(frozen=True, slots=True)
class Governed:
    """The relation of a citation, and whether it stands inside the subject of the citation before it."""

    relation: Relation
    nested: bool = False


@dataclass(slots=True)
class Clauses:
    """What governs a paragraph: where it stands, what holds where nothing is said, what the clause before it said.

    ``operative`` is a paragraph of a document that can change others ("Điều 3. Bãi bỏ Quyết định số …").
    """

    zone: Zone
    default: Relation = "mentions"
    cue: Relation | None = None
    operative: bool = False


@cache
def main_clause() -> re.Pattern[str]:
    """Return the pattern of a joint behind which a body acts (", UBND tỉnh ban hành Kế hoạch")."""
    bodies, acts = ("|".join(map(re.escape, word_list(f"references_{name}"))) for name in ("acting", "acts"))
    # yes: ", UBND tỉnh ban hành Kế hoạch …" / ". Chủ tịch UBND tỉnh yêu cầu …" / the same at the beginning of a clause
    # no:  ", UBND các xã" (nothing is done)
    return re.compile(rf"(?P<joint>[,;.][ ]?|^)(?=(?:{bodies})[ ][^,;]{{0,90}}?(?:{acts})[ ])")


@cache
def _cues() -> tuple[tuple[re.Pattern[str], Relation], ...]:
    entries = [
        (words.strip(), relation.strip())
        for words, _, relation in (e.partition("=") for e in word_list("references_cues"))
    ]
    known = {relation: relation for relation in get_args(Relation)}
    entries.sort(key=lambda entry: -len(entry[0]))
    return tuple((re.compile(rf"{re.escape(words)}(?!\w)", re.I), known[relation]) for words, relation in entries)


def _after_label(words: str, at: int, end: int) -> int:
    """Return where the words of a clause begin behind its label, or behind a title that runs into it."""
    title = _TITLE.match(words, at, end)
    if title:
        return title.end()
    label = _LABEL.match(words, at, end)
    return label.end() if label else at


def opening_cue(words: str, at: int, end: int) -> Relation | None:
    """Return what the words at the beginning of a clause say, or None.

    >>> opening_cue("- Thực hiện Quyết định số", 0, 25), opening_cue("UBND tỉnh ban hành", 0, 18)
    ('implements', None)
    """
    begin = _after_label(words, at, end)
    return next((relation for pattern, relation in _cues() if pattern.match(words, begin, end)), None)


def govern(
    words: str, start: int, citation: Citation, earlier: tuple[Citation, Governed] | None, clauses: Clauses
) -> Governed:  # fmt: skip
    """Return the relation of ``citation`` in a paragraph from ``start``; ``earlier`` is the one before it there."""
    gap_start = earlier[0].end if earlier else start
    gap = words[max(gap_start, citation.start - 2_000) : citation.start]
    before = _without_provision(words[max(gap_start, citation.start - _REACH) : citation.start], citation)
    if earlier and _ALIAS.search(before):
        return earlier[1]
    ends = list((_CLAUSE_END if clauses.zone == "section" else _OPENING_END).finditer(gap))
    begin = citation.start - len(gap) + ends[-1].end() if ends else gap_start
    if earlier is None or ends:
        cue = opening_cue(words, begin, citation.start) if clauses.zone != "section" else None
        if cue is None and earlier is None and ends and clauses.zone != "section":
            clauses.cue = _cue_above(words, gap_start, [citation.start - len(gap) + end.end() for end in ends])
        clauses.cue = cue or clauses.cue
        opens = _after_label(words, begin, citation.start)
        if cue is None and earlier and opens < citation.start and subject_words().match(words, opens):
            return Governed("mentions", nested=True)
        clause = words[begin : citation.start]
        local = _local(before, clause, citation, clauses)
        if local is None and cue is None and main_clause().match(clause.lstrip()):
            return Governed("mentions")
        return Governed(local or _inherited(clauses))
    if citation.chained:
        return earlier[1]
    if main_clause().search(gap):
        return Governed(_local(before, words[begin : citation.start], citation, clauses) or "mentions")
    if _BESIDE.search(before) or _SAID_AT.search(before):
        return Governed(earlier[1].relation, earlier[1].nested and len(gap) < _SHORT_GAP)
    return Governed("mentions", nested=True)


def _cue_above(words: str, start: int, ends: list[int]) -> Relation | None:
    """Return what the nearest clause says that begins a list whose first part cites nothing by number."""
    begins = [start, *ends[:-1]][-_PARTS:]
    for begin, end in zip(reversed(begins), reversed(ends), strict=False):
        if main_clause().match(words[begin:end].lstrip()):
            return None
        if (cue := opening_cue(words, begin, end)) is not None:
            return cue
    return None


def _without_provision(before: str, citation: Citation) -> str:
    """Return the words before the citation without its provision ("điểm a khoản 2 Điều 5 của ")."""
    if not citation.provision:
        return before
    at = before.rfind(citation.provision)
    return before[:at] if at >= 0 else before


def _inherited(clauses: Clauses) -> Relation:
    """Return the relation of a citation whose own clause says nothing."""
    return clauses.default if clauses.zone == "section" else clauses.cue or clauses.default


def _local(before: str, clause: str, citation: Citation, clauses: Clauses) -> Relation | None:
    """Return what the words right before a citation say, None when they say nothing."""
    if citation.kind == "submission" and (clauses.cue == "follows_request" or _REQUEST.search(before)):
        return "follows_request"
    if clauses.zone != "section" and _REQUESTED_AT.search(before):
        return "follows_request"
    if _WITH.search(before):
        opens = clause.lstrip(" (-").casefold().startswith(("ban hành kèm", "kèm theo"))
        return "issued_with" if clauses.zone != "section" and opens else None
    changed = _changes(before, clauses, clause)
    if changed is not None:
        return changed
    if clauses.zone == "section" and _GOES_ON.search(before):
        return "continues"
    if _FOUNDED.search(before):
        return "basis"
    return "implements" if clauses.zone != "section" and _DOES.search(before) else None


def _changes(before: str, clauses: Clauses, clause: str) -> Relation | None:
    """Return amends, replaces or repeals where the document itself does it: in its title or its operative words."""
    if _PASSIVE.search(before):
        return None
    found = next((relation for relation, pattern in _CHANGES if pattern.search(before)), None)
    if found is None:
        return None
    if clauses.zone == "title" or _SELF_CHANGES.search(before) or _ISSUES_CHANGE.search(before):
        return found
    label = _LABEL.match(clause)
    opens = clause[label.end() if label else 0 :].lstrip(". ")
    return found if clauses.operative and _OPERATIVE.match(opens) else None
