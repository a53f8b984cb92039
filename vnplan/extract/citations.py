"""Mentions of other documents in running words, without regard to where the words stand.

A citation is a kind, a number, a date and a body ("Quyết định số 1591/QĐ-TTg ngày 08/12/2023 của Thủ tướng Chính phủ"),
or a law by its name. Several numbers may share one word for their kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from vnplan.extract.dates import Date, match_date
from vnplan.extract.issuers import Body, match_body_words, match_joint_bodies
from vnplan.extract.laws import Law, find_laws
from vnplan.extract.numbers import blank_pattern, kind_codes, kind_of_number, kind_words, normal_number, number_pattern
from vnplan.model import Kind

# Kinds of which a mention may do without the code in the number; "Chương trình 135" and "Đề án 06" are names.
_NUMBERED_KINDS = frozenset(
    {"plan", "decision", "resolution", "directive", "decree", "circular", "conclusion", "notice", "telegram"}
)
_KIND_REACH = 90  # code points before a number in which the word for its kind stands
_PROVISION_REACH = 160
_FIGURE = re.compile("[0-9]")
_UNIT_LIST = r"(?:[ ]?(?:,|và|;|đến|-)[ ]?)"

# yes: số , số:
_NUMBER_WORD = re.compile(r"(?:^|(?<=[\s(:]))(?:số|Số|SỐ)[ ]?:?[ ]?$")
# yes: ", " / " và " / "; số " / " và số " between two numbers of one list
_LIST_GAP = re.compile(r"[ ]?(?:,|;|và|hoặc|&|, và|; và)?[ ]?(?:các )?(?:số|Số)?[ ]?:?[ ]?", re.I)
# yes: "số 1 " before "18/2025/NĐ-CP"
# no:  "số " before it
_TORN = re.compile(r"(?:(?<!\w)[Ss]ố|[Đđ]ịnh|[Qq]uyết|[Tt]hị|[Tt]ư|[Hh]oạch)[ ]?:?[ ](?P<digits>[0-9]{1,4}[ ])$")
# yes: "; số " / " và số " between two numbers of laws that have one name
# no:  "; Nghị định số "
_LAW_GAP = re.compile(r"[ ]?(?:,|;|và)[ ](?P<said>số)[ ]?:?[ ]?")
_LONGEST_LIST = 12
_COMMA = re.compile(r"[ ]?[,(]?[ ]?")
_BARE_YEAR = re.compile(r"[ ](?:19|20)[0-9]{2}(?![0-9/-]|[ ]-)")
_OF = re.compile(r"[ ]?,?[ ](?i:của|do)[ ]")
_AT_DATE = re.compile(r"[ ]?,?[ ]?[(]?(?:ban hành |ký |được ban hành )?(?=ngày|tháng|năm|[0-9]|NGÀY|THÁNG|NĂM|Ngày)")
# yes: điểm a, b khoản 2 Điều 5 / khoản 3 Điều 14 / Điều 17 và Điều 18 / Mục II / Phụ lục I
# no:  điểm mới / khoản thu
_POINT = rf"(?:[Đđ]iểm[ ][a-zđ](?![\wÀ-ỹ])(?:{_UNIT_LIST}(?:điểm[ ])?[a-zđ](?![\wÀ-ỹ])){{0,12}})"
_CLAUSE = rf"(?:[Kk]hoản[ ][0-9]{{1,2}}(?:{_UNIT_LIST}(?:khoản[ ])?[0-9]{{1,2}}(?![0-9/])){{0,12}})"
_ARTICLE = rf"(?:[Đđ]iều[ ][0-9]{{1,3}}[a-zđ]?(?:{_UNIT_LIST}(?:[Đđ]iều[ ])?[0-9]{{1,3}}[a-zđ]?(?![0-9/])){{0,12}})"
_GREAT_VALUE = r"(?:[IVXLC]{1,7}|[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}|[A-ZĐ])(?!\w)"
_GREAT = rf"(?:(?:[Mm]ục|[Cc]hương|[Pp]hần|[Pp]hụ lục(?:[ ]số)?)[ ]{_GREAT_VALUE})"
_PROVISION_WORDS = ("iểm ", "hoản ", "iều ", "ục ", "hương ", "hần ")  # one of them stands in each provision
_PROVISION = re.compile(
    rf"(?P<provision>(?:{_POINT}[ ,]{{1,2}})?(?:{_CLAUSE}[ ,]{{1,2}})?(?:{_GREAT}[ ,]{{1,2}})?"
    rf"(?:{_ARTICLE}|{_GREAT}|{_CLAUSE}))"
    r"(?:[ ,]{1,2}(?:của|tại|theo|thuộc|ban hành kèm theo|kèm theo))?[ ](?:các[ ])?$"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A document named in ``[start, end)``. ``bodies`` issued it; ``blank`` is one whose number is not filled in.

    ``named`` tells that the word for the kind is printed before this number, ``chained`` that it follows another number
    of the same list, ``bare`` that the number has no code ("Nghị quyết số 57"),
    ``torn`` that digits stand apart in front of it ("số 1 18/2025/NĐ-CP"): which number is meant nobody can tell.
    """

    start: int
    end: int
    kind: Kind | None
    number: str | None
    date: Date | None = None
    bodies: tuple[Body, ...] = ()
    provision: str | None = None
    name: str | None = None
    named: bool = True
    chained: bool = False
    blank: bool = False
    bare: bool = False
    torn: bool = False


@cache
def _bare_kinds() -> tuple[str, ...]:
    """Return the beginnings, in small letters, of the words for the kinds that may do without a code."""
    kinds = [" ".join(words.split()[:2]) for words, (kind, _) in kind_words().items() if kind in _NUMBERED_KINDS]
    return tuple(dict.fromkeys(kinds))


@cache
def _kind_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    names = "|".join(re.escape(words) for words in sorted(kind_words(), key=len, reverse=True))
    acts = "|".join(words for words, (kind, _) in kind_words().items() if kind in _NUMBERED_KINDS)
    # yes: "Quyết định ", "các Kế hoạch: ", "Thông báo kết luận " before a number
    # no:  "thực hiện " before a number
    ends = re.compile(rf"(?<!\w)(?P<kind>{names})[ ]?:?[ ]?$", re.I)
    # yes: every word for a kind that a body may follow ("Nghị quyết của Quốc hội số …")
    within = re.compile(rf"(?<!\w)(?P<kind>{names})[ ](?:của[ ])?(?=[^\W\d_])", re.I)
    # yes: Nghị quyết số 57, Chỉ thị 23, Quyết định nêu trên
    # no:  Nghị quyết số 57-NQ/TW, Kế hoạch 5 năm, Kế hoạch này
    no_more = r"(?![0-9\w%]|[ ]?[-/.,][ ]?[0-9A-ZĐ]|[ ](?:năm|tháng|ngày[ ](?!0?[0-9])))"
    bare = re.compile(
        rf"(?<!\w)(?P<kind>{acts})(?:[ ](?:nêu trên|nói trên|trên đây)"
        rf"|[ ](?P<said>số[ ]?)?(?P<count>[0-9]{{1,5}}){no_more})(?!\w)",
        re.I,
    )
    return ends, within, bare


def find_citations(words: str, start: int = 0, end: int | None = None) -> list[Citation]:
    """Return every citation in ``words[start:end]``, in order, none inside another.

    >>> [c.number for c in find_citations("các Quyết định số 12/QĐ-TTg, 13/QĐ-TTg và Công văn số 5/BNV-TH")]
    ['12/QĐ-TTg', '13/QĐ-TTg', '5/BNV-TH']
    """
    end = len(words) if end is None else end
    small = words[start:end].lower()
    found: list[Citation] = []
    if "/" in small or "-" in small:
        found += _numbered(words, start, end)
    if "/" in small:
        found += _blank(words, start, end)
    if (" trên" in small or _FIGURE.search(small)) and any(kind in small for kind in _bare_kinds()):
        found += _bare(words, start, end)
    if "luật" in small or "pháp lệnh" in small:
        for law in find_laws(words, start, end):
            found += _with_further_numbers(words, end, _law(words, end, law))
    found.sort(key=lambda citation: (citation.start, -citation.end))
    kept: list[Citation] = []
    for citation in found:
        if not kept or citation.start >= kept[-1].end:
            kept.append(citation)
    return kept


def _numbered(words: str, start: int, end: int) -> Iterator[Citation]:
    previous: Citation | None = None
    for found in number_pattern().finditer(words, start, end):
        citation = _with_number(words, start, end, found, previous)
        if citation is not None:
            yield citation
            previous = citation


def _with_number(
    words: str, start: int, end: int, found: re.Match[str], previous: Citation | None
) -> Citation | None:  # fmt: skip
    number = normal_number(found)
    coded = kind_of_number(number)
    if torn := _TORN.search(words, max(start, found.start() - 16), found.start()):
        opening = _opening(words, max(start, found.start() - _KIND_REACH), torn.start("digits"))
        if opening is None:
            return None
        whole = Citation(opening[0], found.end(), coded or opening[1], None, torn=True)
        return _complete(words, end, whole)
    floor = max(start, found.start() - _KIND_REACH, previous.end if previous else 0)
    before = words[floor : found.start()]
    chained = previous is not None and _LIST_GAP.fullmatch(words, previous.end, found.start()) is not None
    opening = _opening(words, floor, found.start())
    if opening is not None:
        begin, kind, body = opening
        kind = coded if kind is None or _code_decides(words[begin : found.start()], coded) else kind
        return _complete(words, end, Citation(begin, found.end(), kind, number, bodies=(body,) if body else ()))
    said = _NUMBER_WORD.search(before)
    if chained and previous:
        begin = floor + said.start() if said else found.start()
        kind = coded or previous.kind
        return _complete(words, end, Citation(begin, found.end(), kind, number, named=False, chained=True))
    if coded is None or not (said or _AT_DATE.match(words, found.end(), end)):
        return None
    begin = floor + said.start() if said else found.start()
    return _complete(words, end, Citation(begin, found.end(), coded, number, named=False))


def _opening(words: str, floor: int, at: int) -> tuple[int, Kind | None, Body | None] | None:
    """Return where the word for the kind before a number begins, its kind, and a body between the two."""
    stretch = words[floor:at]
    said = _NUMBER_WORD.search(stretch)
    head = stretch[: said.start()] if said else stretch
    ends, within, _ = _kind_patterns()
    found, body = ends.search(head), None
    if found is None:
        for found in within.finditer(head):
            body = match_body_words(words, floor + found.end(), floor + len(head), known=True)
            if body is not None and not head[body.end - floor :].strip(" :,"):
                break
        else:
            return None
    kind = kind_words()[" ".join(found["kind"].casefold().split())][0]
    if body is not None and kind in ("law", "code", "ordinance"):
        return None
    return floor + found.start("kind"), kind, body


def _code_decides(opening: str, coded: Kind | None) -> bool:
    """Tell whether the code of the number says more than the word before it ("văn bản", "thông tư" of two bodies)."""
    first = opening.casefold().lstrip()
    word = next((words for words, (_, open_) in kind_words().items() if open_ and first.startswith(words)), None)
    return coded is not None and (word is not None or (coded == "joint circular" and first.startswith("thông tư")))


def _complete(words: str, end: int, citation: Citation) -> Citation:
    """Return the citation with the date and the body behind its number, in either order."""
    date, at = _date_after(words, citation.end, end)
    body = _body_after(words, at, end) if not citation.bodies else None
    if body is not None:
        bodies = [body]
        if citation.kind == "joint circular" or "liên tịch" in words[citation.start : citation.end].casefold():
            bodies = match_joint_bodies(words, body, end)
        at = bodies[-1].end
        citation = replace(citation, bodies=tuple(bodies))
        if date is None and (late := _date_after(words, at, end)[0]) is not None and late.exact:
            date, at = late, late.end
    return replace(citation, end=at, date=date, provision=_provision(words, citation.start))


def _date_after(words: str, at: int, end: int) -> tuple[Date | None, int]:
    found = _AT_DATE.match(words, at, end)
    date = match_date(words, found.end(), end) if found else None
    if date is None:
        return None, at
    return date, date.end


def _body_after(words: str, at: int, end: int) -> Body | None:
    of = _OF.match(words, at, end)
    if of:
        return match_body_words(words, of.end(), end)
    if words[at : at + 1] == " ":
        return match_body_words(words, at + 1, end, known=True)
    return None


def _provision(words: str, at: int) -> str | None:
    before = words[max(0, at - _PROVISION_REACH) : at]
    found = _PROVISION.search(before) if any(word in before for word in _PROVISION_WORDS) else None
    return " ".join(found["provision"].split()) if found else None


def _blank(words: str, start: int, end: int) -> Iterator[Citation]:
    for found in blank_pattern().finditer(words, start, end):
        code = found["code"]
        if kind_codes().get(code.split("-")[0].split("/")[0]) is None:
            continue
        opening = _opening(words, max(start, found.start() - _KIND_REACH), found.start())
        if opening is not None:
            yield _complete(words, end, Citation(opening[0], found.end(), opening[1], None, blank=True))


def _law(words: str, end: int, law: Law) -> Citation:
    provision = _provision(words, law.start)
    number = re.compile(r"[ ,(]{1,2}số[ ]").match(words, law.end, end)
    if number and (found := number_pattern().match(words, number.end(), end)):
        whole = Citation(law.start, found.end(), law.kind, normal_number(found), name=law.name)
        return replace(_complete(words, end, whole), provision=provision)
    found_date = _AT_DATE.match(words, law.end, end)
    date = match_date(words, found_date.end(), end) if found_date else None
    bare = _BARE_YEAR.match(words, law.end, end)
    if date is None and bare:
        date = Date(law.end + 1, bare.end(), bare[0].strip())
    return Citation(law.start, date.end if date else law.end, law.kind, None, date, (), provision, law.name)


def _with_further_numbers(words: str, end: int, law: Citation) -> Iterator[Citation]:
    """Yield a law and those that share its name ("Luật A số 01/2002/QH11 …; số 83/2015/QH13 …")."""
    yield law
    last = law
    for _ in range(_LONGEST_LIST if law.number else 0):
        gap = _LAW_GAP.match(words, last.end, end)
        found = number_pattern().match(words, gap.end(), end) if gap else None
        if gap is None or found is None or kind_of_number(number := normal_number(found)) is not None:
            break
        begin = gap.start("said")
        last = _complete(
            words, end, Citation(begin, found.end(), law.kind, number, name=law.name, named=False, chained=True)
        )
        yield last


def _bare(words: str, start: int, end: int) -> Iterator[Citation]:
    """Yield mentions without a code: by the bare number, or by "nêu trên"."""
    for found in _kind_patterns()[2].finditer(words, start, end):
        if not found["kind"][0].isupper():
            continue
        kind = kind_words()[" ".join(found["kind"].casefold().split())][0]
        citation = Citation(found.start(), found.end(), kind, found["count"], named=bool(found["said"]), bare=True)
        yield _complete(words, end, citation) if found["count"] else citation
