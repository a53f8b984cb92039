"""What each finding says, in Vietnamese and English; the places in braces are filled by the check."""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Both(NamedTuple):
    """What stands in a place of a message, in both languages."""

    vi: str
    en: str


MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "weakened_target:value": (
        "Chỉ tiêu được đặt ở mức {child_value}, thấp hơn mức {parent_value} của {parent}{note_vi}.",
        "The target is set at {child_value}, weaker than {parent_value} in {parent}{note_en}.",
    ),
    "weakened_target:value:fall": (
        "Chỉ tiêu cần giảm được đặt ở mức {child_value}, kém hơn mức {parent_value} của {parent}{note_vi}.",
        "The target, which is to fall, is set at {child_value}, weaker than {parent_value} in {parent}{note_en}.",
    ),
    "weakened_target:narrowed": (
        "Chỉ tiêu chỉ áp dụng cho đối tượng “{condition}”; {parent} không có điều kiện này.",
        "The target holds only for those “{condition}”; {parent} has no such condition.",
    ),
    "weakened_target:later": (
        "Mốc đạt chỉ tiêu là {child_horizon}, chậm hơn mốc {parent_horizon} của {parent}.",
        "The target is due by {child_horizon}, later than {parent_horizon} in {parent}.",
    ),
    "weakened_target:softer": (
        "Chỉ tiêu được diễn đạt nhẹ hơn (“{child_words}”), trong khi {parent} đặt mức {parent_words}.",
        "The target is hedged (“{child_words}”), where {parent} states {parent_words}.",
    ),
    "unquantified_target": (
        "Mục tiêu được nhắc lại nhưng không còn con số; {parent} đặt mức {parent_value}.",
        "The aim is repeated without its number; {parent} sets {parent_value}.",
    ),
    "missing_target": (
        "Không tìm thấy chỉ tiêu tương ứng với chỉ tiêu {parent_value} của {parent}{note_vi}.",
        "No counterpart was found for the target of {parent_value} in {parent}{note_en}.",
    ),
    "strengthened_target": (
        "Chỉ tiêu {child_value} cao hơn mức {parent_value} của {parent}.",
        "The target of {child_value} goes beyond {parent_value} in {parent}.",
    ),
    "added_target:quantified": (
        "{parent} nêu mục tiêu này mà không có con số; văn bản này đặt mức {child_value}.",
        "{parent} has this aim without a number; the document sets {child_value}.",
    ),
    "added_target": (
        "Chỉ tiêu {child_value} không có trong {parent}.",
        "The target of {child_value} is not in {parent}.",
    ),
    "not_comparable": (
        "Chỉ tiêu {child_value} và chỉ tiêu {parent_value} của {parent} không so sánh được trực tiếp: {reason_vi}.",
        "{child_value} and {parent_value} in {parent} cannot be compared directly: {reason_en}.",
    ),
    "missing_task": (
        "Không tìm thấy nội dung tương ứng với nhiệm vụ này của {parent}{note_vi}.",
        "No counterpart was found for this task of {parent}{note_en}.",
    ),
    "narrowed_task": (
        "Nhiệm vụ chỉ giữ lại một phần nội dung so với {parent}: không tìm thấy nội dung tương ứng với phần được "
        "trích dẫn{note_vi}. Đoạn trích của văn bản này là nội dung tương ứng với phần còn lại.",
        "The task keeps only part of what {parent} asks: no counterpart was found for the quoted part{note_en}. "
        "The words quoted of this document stand for the rest.",
    ),
    "unassigned_task": (
        "Nhiệm vụ không có cơ quan chủ trì, cả trong nội dung nhiệm vụ và trong phần tổ chức thực hiện{note_vi}.",
        "No body leads the task, neither in its own words nor in the section on organisation{note_en}.",
    ),
    "changed_lead": (
        "Nhiệm vụ do {child_value} chủ trì, trong khi {parent} giao cho {parent_value}.",
        "The task is led by {child_value}, where {parent} gives it to {parent_value}.",
    ),
    "added_task": (
        "Nhiệm vụ không có nội dung tương ứng trong {parent}{note_vi}.",
        "The task has no counterpart in {parent}{note_en}.",
    ),
    "missing_deadline": (
        "Nhiệm vụ không ghi thời hạn; {parent} quy định {parent_value}.",
        "The task has no deadline; {parent} sets {parent_value}.",
    ),
    "later_deadline": (
        "Thời hạn {child_value} muộn hơn thời hạn {parent_value} của {parent}.",
        "The deadline of {child_value} is later than {parent_value} in {parent}.",
    ),
    "parent_unavailable": (
        "{parent} được viện dẫn nhưng không có trong tập văn bản; {note_vi}.",
        "{parent} is cited and not in the corpus; {note_en}.",
    ),
    "parent_unavailable:programme": (
        "{parent} ở cấp trên, cùng chương trình, không có trong tập văn bản; {note_vi}.",
        "{parent}, of the same programme and above it, is not in the corpus; {note_en}.",
    ),
    "citation_mismatch:number": (
        "Số hiệu được viện dẫn là {child_value}, trong khi văn bản đó mang số {parent_value}.",
        "The number is cited as {child_value}; that document bears the number {parent_value}.",
    ),
    "citation_mismatch:date": (
        "Ngày của {parent} được viện dẫn là {child_value}, trong khi văn bản đó đề ngày {parent_value}.",
        "{parent} is cited with the date {child_value}; it is dated {parent_value}.",
    ),
    "citation_mismatch:date:others": (
        "Ngày của {parent} được viện dẫn là {child_value}, khác với ngày {parent_value} mà các viện dẫn khác ghi.",
        "{parent} is cited with the date {child_value}; other citations of it say {parent_value}.",
    ),
    "citation_mismatch:number:others": (
        "Số hiệu được viện dẫn là {child_value}, khác với số {parent_value} mà các viện dẫn khác ghi.",
        "The number is cited as {child_value}; other citations of it say {parent_value}.",
    ),
    "citation_mismatch:issuer:others": (
        "Cơ quan ban hành {parent} được viện dẫn là {child_value}, khác với {parent_value} mà các viện dẫn khác ghi.",
        "The issuer of {parent} is cited as {child_value}; other citations of it say {parent_value}.",
    ),
    "citation_mismatch:issuer": (
        "Cơ quan ban hành {parent} được viện dẫn là {child_value}, trong khi văn bản đó do {parent_value} ban hành.",
        "The issuer of {parent} is cited as {child_value}; it was issued by {parent_value}.",
    ),
    "citation_mismatch:code": (
        "Ký hiệu trong số {child_value} không khớp với chữ viết tắt {parent_value} của cơ quan ban hành.",
        "The code in {child_value} does not agree with the initials {parent_value} of its issuer.",
    ),
    "predates_parent": (
        "Văn bản đề ngày {child_value}, trước ngày {parent_value} của {parent} mà văn bản này thực hiện.",
        "The document is dated {child_value}, before {parent} of {parent_value}, which it implements.",
    ),
    "superseded_parent": (
        "{parent} đã được thay thế hoặc bãi bỏ bởi {other} trước khi văn bản này được ban hành.",
        "{parent} had been replaced or repealed by {other} when this document was issued.",
    ),
    "citation_cycle": (
        "Các văn bản viện dẫn lẫn nhau thành vòng tròn: {other}.",
        "The documents implement each other in a circle: {other}.",
    ),
    "blank_number": (
        "Số văn bản còn để trống{note_vi}.",
        "The number of the document was left blank{note_en}.",
    ),
    "blank_date": (
        "Ngày ban hành chưa ghi đầy đủ{note_vi}.",
        "The date of the document is incomplete{note_en}.",
    ),
    "two_versions": (
        "Có một văn bản khác cùng số hiệu nhưng khác nội dung: {other}.",
        "Another text bears the same number: {other}.",
    ),
    "two_versions:draft": (
        "Có một bản khác của văn bản này (bản dự thảo, bản quét hoặc bản sao), khác nội dung: {other}.",
        "There is another text of this document (a draft, a scan, a copy): {other}.",
    ),
}  # fmt: skip

REASONS: Final[dict[str, tuple[str, str]]] = {
    "count": ("số lượng của hai địa bàn khác nhau", "they count in different territories"),
    "unit": ("khác đơn vị tính", "their units differ"),
    "rate": ("khác kỳ tính", "they are per different periods"),
    "direction": ("một chỉ tiêu cần tăng, một chỉ tiêu cần giảm", "one is to rise, the other to fall"),
    "change": ("một bên là mức, một bên là mức thay đổi", "one is a level, the other a change"),
}


# yes: 2024-01-30 / 2024-06
# no:  2024-2030
_DATE = re.compile(r"(?<![0-9-])([12][0-9]{3})-(0[1-9]|1[0-2])(?:-([0-3][0-9]))?(?![0-9-])")


# yes: 10.000; 1.250,5; 12,5
# no:  30/01/2024; II.2.1
_FIGURE = re.compile(r"(?<![0-9./,])[0-9]{1,3}(?:\.[0-9]{3}){0,4}(?:,[0-9]{1,6})?(?![0-9./]|,[0-9])")


def write(name: str, **places: str | Both) -> tuple[str, str]:
    """Return the message of a finding in Vietnamese, with dates as Vietnam writes them, and in English."""
    filled: dict[str, str | Both] = {"note_vi": "", "note_en": "", **places}
    vietnamese = {key: _DATE.sub(_day_first, _said(value, 0)) for key, value in filled.items()}
    english = {key: _said(value, 1) for key, value in filled.items()}
    return MESSAGES[name][0].format(**vietnamese), MESSAGES[name][1].format(**english)


def _said(value: str | Both, language: int) -> str:
    return value if isinstance(value, str) else value[language]


def in_both(value: str) -> Both:
    """Return a value in Vietnamese and in English notation.

    >>> in_both("≥ 10.000 hộ").en, in_both("12,5 %").en
    ('≥ 10,000 hộ', '12.5 %')
    """
    return Both(value, _FIGURE.sub(lambda found: found[0].translate(str.maketrans(".,", ",.")), value))


_SIGNS: Final[dict[str, Both]] = {
    "≥ ": Both("tối thiểu ", "at least "), "> ": Both("trên ", "more than "), "≤ ": Both("tối đa ", "at most "),
    "< ": Both("dưới ", "less than "), "≈ ": Both("khoảng ", "about "), "+": Both("tăng ", "an increase of "),
    "-": Both("giảm ", "a decrease of "),
}  # fmt: skip


def spoken(value: str) -> Both:
    """Return a value as a sentence says it, in both languages.

    >>> spoken("≥ 10.000 hộ")
    Both(vi='tối thiểu 10.000 hộ', en='at least 10,000 hộ')
    """
    for sign, words in _SIGNS.items():
        if value.startswith(sign):
            rest = in_both(value.removeprefix(sign))
            return Both(words.vi + rest.vi, words.en + rest.en)
    return in_both(value)


def time_in_both(horizon: str | None) -> Both:
    """Return what an EDTF time is called.

    >>> time_in_both("2030"), time_in_both("2024/2030"), time_in_both("2025-Q3").vi
    (Both(vi='năm 2030', en='2030'), Both(vi='giai đoạn 2024-2030', en='2024-2030'), 'quý III/2025')
    """
    value = horizon or ""
    if "/" in value:
        years = value.replace("/", "-")
        return Both(f"giai đoạn {years}", years)
    year, _, rest = value.partition("-")
    if rest in _QUARTERS:
        return Both(f"{_QUARTERS[rest]}/{year}", f"{rest} of {year}")
    if not rest:
        return Both(f"năm {year}" if year else "", year)
    return Both(value if len(rest) < 3 else f"ngày {value}", value)


_QUARTERS = {
    "Q1": "quý I", "Q2": "quý II", "Q3": "quý III", "Q4": "quý IV", "H1": "6 tháng đầu năm", "H2": "6 tháng cuối năm",
}  # fmt: skip


def _day_first(date: re.Match[str]) -> str:
    year, month, day = date.groups()
    return f"{day}/{month}/{year}" if day else f"tháng {month}/{year}"
