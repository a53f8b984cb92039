"""What portals put around a document: its attributes in a table, buttons, other news, and attachments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final
from urllib.parse import unquote

from vnplan.read.detect import ARCHIVES, OTHERS, SUFFIXES, extension
from vnplan.read.lists import load_list

_TABLES: Final = frozenset({"table", "tbody", "ul", "ol", "dl", "div", "section", "fieldset", "p"})
# yes: Độc lập - Tự do - Hạnh phúc
# yes: Nơi nhận:
# no:  Trích yếu: Kế hoạch
_DOCUMENT: Final = re.compile(r"H[ạẠ][nN][hH] [pP][hH][úÚ][cC]|Nơi nhận\s{0,3}:")
# yes: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
# yes: ĐẢNG CỘNG SẢN VIỆT NAM
# no:  Cộng hòa xã hội chủ nghĩa Việt Nam
_STATE: Final = re.compile(r"CỘNG\s{1,3}H(?:ÒA|OÀ)\s{1,3}XÃ\s{1,3}HỘI|ĐẢNG\s{1,3}CỘNG\s{1,3}SẢN")
_FEW: Final = 3  # labels; fewer may stand in any text
_LONGEST_FIELD: Final = 400
_LONGEST: Final = 3_000
_LONGEST_LINE: Final = 200
_MOST: Final = 50  # attachments that are looked at
_NAMED: Final = 5  # attachments that a message names
_ATTACHED: Final = (SUFFIXES | OTHERS | ARCHIVES) - {".html", ".htm", ".txt", ".md"}
# yes: 3. Đánh giá
# yes: - Tải về
# no:  Tải về
_ITEM: Final = re.compile(r"\s{0,9}(?:[0-9IVXa-zđ]{1,5}[.)]|[-–+•])")
# yes: Tệp đính kèm: kh-45.pdf
# yes: Tải về
# no:  Tải trọng
_OFFERS: Final = re.compile(
    r"\s{0,9}(?:các[ ])?(?:tệp|tập tin|file|tài liệu|văn bản)(?:[ ]tin)?[ ]đính kèm|\s{0,9}tải (?:về|file|tệp|văn bản)",
    re.IGNORECASE,
)


# yes: Số ký hiệu: 45/KH-UBND
# yes: Ngày ban hành
# no:  Ngày ban hành Luật
@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    both = (*load_list("portal_fields"), *load_list("portal_fields_beside"))
    names = sorted(map(re.escape, both), key=len, reverse=True)
    return re.compile(rf"\s{{0,9}}(?:[-•*+][ ])?({'|'.join(names)})\s{{0,3}}(?::|\Z)\s{{0,9}}", re.IGNORECASE)


# yes: Lượt xem
# yes: In trang
# no:  in trangg
@lru_cache(maxsize=2)
def _widgets(*lists: str) -> re.Pattern[str]:
    words = "|".join(sorted((re.escape(word) for name in lists for word in load_list(name)), key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])", re.IGNORECASE)


@lru_cache(maxsize=1)
def _related() -> frozenset[str]:
    return frozenset(load_list("related_headings"))


# yes: /tai-ve?file=kh-45.pdf
# yes: https://p.example/kh-45.docx
# no:  /van-ban/45
@lru_cache(maxsize=1)
def _file() -> re.Pattern[str]:
    return re.compile(
        rf"([^/=&?#\s]{{1,200}}(?:{'|'.join(map(re.escape, sorted(_ATTACHED)))}))(?=$|[&?#])", re.IGNORECASE
    )


def read_field(words: str) -> tuple[str, str] | None:
    """Return the name of an attribute and its value, which is empty where it stands elsewhere.

    >>> read_field("Số ký hiệu: 45/KH-UBND"), read_field("Ngày ban hành"), read_field("Ngày ban hành Luật")
    (('số ký hiệu', '45/KH-UBND'), ('ngày ban hành', ''), None)
    """
    found = _label().match(words)
    return None if found is None else (found[1].lower(), words[found.end() :].strip())


def is_widget(words: str, *, linked: bool = False) -> bool:
    """Tell whether a line holds nothing but buttons and counters; ``linked`` for one that is mostly links.

    >>> is_widget("In trang | Gửi email Lượt xem: 1.234"), is_widget("Sở Y tế in 5 tờ rơi"), is_widget("3. Đánh giá")
    (True, False, False)
    >>> is_widget("Facebook, Zalo"), is_widget("Facebook, Zalo", linked=True)
    (False, True)
    """
    both = _widgets("page_widgets", "page_widgets_beside")
    one = both if linked else _widgets("page_widgets")
    if len(words) > _LONGEST_LINE or _ITEM.match(words) or not one.search(words):
        return False
    return not any(map(str.isalpha, both.sub(" ", words)))


def is_related_heading(words: str) -> bool:
    """Tell whether a line is the heading of a list of other pages.

    >>> is_related_heading("Tin liên quan:"), is_related_heading("Văn bản liên quan đến trẻ em")
    (True, False)
    """
    return len(words) < _LONGEST_LINE and " ".join(words.lower().split()).strip(" :.»>-") in _related()


def offers_files(words: str) -> bool:
    """Tell whether a line that is mostly links offers the attachments of a document, and says nothing else.

    >>> offers_files("Tệp đính kèm: kh-45.pdf"), offers_files("kh-45.pdf"), offers_files("Luật Người cao tuổi")
    (True, True, False)
    """
    return _OFFERS.match(words) is not None or extension(words.strip()) in _ATTACHED


def is_document(words: str) -> bool:
    """Tell whether words are of a document's letterhead or foot."""
    return _DOCUMENT.search(words) is not None


def is_state(words: str) -> bool:
    """Tell whether words hold the name of the state or the Party, with which the letterhead of a document begins.

    >>> is_state("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), is_state("nước Cộng hòa xã hội chủ nghĩa Việt Nam")
    (True, False)
    """
    return _STATE.search(words) is not None


def find_tables(order: Sequence[tuple[Any, bool, int]], blocks: frozenset[str]) -> set[int]:
    """Return the elements that hold the attributes of a document, or a list of documents on a page without one.

    ``order`` has each node of the page with the index of its parent, parents first. A table of attributes has its
    names one below the other, each with its value; a table in a document that lists others has them in one row.
    """
    size = len(order)
    length, passages, alone, inline, sure = [0] * size, [0] * size, [0] * size, [0] * size, [0] * size
    inner, document, listing = [False] * size, [False] * size, [False] * size
    for index in range(size - 1, -1, -1):
        node, _, parent = order[index]
        tag = node.tag or ""
        if tag == "-text":
            words = (node.text_content or "").strip()
            length[index] = len(words)
            document[index] = is_document(words)
        elif tag in blocks and length[index]:
            if not inner[index]:
                passages[index], alone[index], inline[index], sure[index] = _count(node, length[index])
            elif tag == "tr" and alone[index] >= _FEW and sure[index] > 1 and alone[index] * 2 > passages[index]:
                listing[index], alone[index] = True, 0
        if parent >= 0:
            for sums in (length, passages, alone, inline, sure):
                sums[parent] += sums[index]
            inner[parent] = inner[parent] or inner[index] or (tag in blocks and length[index] > 0)
            document[parent] = document[parent] or document[index]
            listing[parent] = listing[parent] or listing[index]
    found: set[int] = set()
    for index, (node, _, _) in enumerate(order):
        if node.tag not in _TABLES or length[index] > _LONGEST or document[index]:
            continue
        labels, values = (alone[index] + inline[index]) * (sure[index] > 1), passages[index] - inline[index]
        lists = listing[index] and node.tag == "table" and not document[0]
        if lists or (labels >= _FEW and 2 * alone[index] - 1 <= values <= 2 * alone[index] + max(2, labels)):
            found.add(node.mem_id)
    return found


def _count(node: Any, length: int) -> tuple[int, int, int, int]:
    """Return of an innermost block how many passages it holds and how many are names of attributes.

    Those are names alone, names with values, and how many of both mean nothing but an attribute of a document.
    """
    if length > _LONGEST_FIELD:
        return 1, 0, 0, 0
    lines = lines_of(node)
    fields = [field for field in map(read_field, lines) if field is not None]
    alone = sum(not value for _, value in fields)
    return len(lines), alone, len(fields) - alone, sum(name in load_list("portal_fields") for name, _ in fields)


def lines_of(node: Any) -> list[str]:
    """Return the lines of a small element that its line breaks divide."""
    words: list[str] = []
    stack = [node]
    while stack:
        at = stack.pop()
        if at.tag == "-text":
            words.append(at.text_content or "")
        elif at.tag == "br":
            words.append("\0")
        else:
            child = at.last_child
            while child is not None:
                stack.append(child)
                child = child.prev
    return [" ".join(line.split()) for line in "".join(words).split("\0") if line.strip()] or [""]


def title_of(lines: Iterator[str]) -> str | None:
    """Return the title of a document that its attributes make: type, number, what it is about.

    >>> title_of(iter(["Số ký hiệu", "45/KH-UBND", "Loại văn bản: Kế hoạch", "Trích yếu:", "Chăm sóc người cao tuổi"]))
    'Kế hoạch số 45/KH-UBND về Chăm sóc người cao tuổi'
    """
    values: dict[str, str] = {}
    name = ""
    for line in lines:
        field = read_field(line)
        if field is not None:
            name = field[0]
            if field[1]:
                values.setdefault(name, field[1])
        elif name:
            values.setdefault(name, line)
            name = ""
    about = next((value for key, value in values.items() if "trích yếu" in key or key == "tên văn bản"), "")
    number = next((value for key, value in values.items() if "hiệu" in key and "lực" not in key and "/" in value), "")
    kind = next((values[key] for key in ("loại văn bản", "hình thức văn bản", "thể loại") if key in values), "")
    if not about or not number or not kind or about.lower().startswith(kind.lower()) or number in about:
        return about or None
    return f"{kind} số {number} về {about.removeprefix('Về ').removeprefix('về ').removeprefix('việc ')}"


def find_attachments(links: Sequence[Any], is_around: Callable[[Any], bool]) -> list[str]:
    """Return the names of the documents that links and inner frames of a page lead to, each once.

    ``is_around`` tells of a link that it stands in a menu or in the foot of the page.
    """
    names: dict[str, None] = {}
    for link in links:
        if len(names) == _MOST:
            break
        words = " ".join(link.text(deep=True).split())
        address = next((link.attributes[key] or "" for key in ("href", "src", "data") if key in link.attributes), "")
        found = None if extension(words) in _ATTACHED else _file().search(unquote(address[:_LONGEST]))
        name = words[:_LONGEST_LINE] if extension(words) in _ATTACHED else found[1] if found else ""
        if name and name not in names and not is_around(link):
            names[name] = None
    return list(names)


def name_attachments(names: Sequence[str]) -> str:
    """Return how a message names attachments.

    >>> name_attachments(["a.pdf", "b.doc"]), name_attachments(list("abcdefg"))
    ('a.pdf, b.doc', 'a, b, c, d, e and 2 more')
    """
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
