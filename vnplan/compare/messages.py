"""What each finding says, in Vietnamese and English; the places in braces are filled by the check."""

from __future__ import annotations

import re
from typing import Final

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
        "Thời hạn đạt chỉ tiêu là {child_horizon}, chậm hơn thời hạn {parent_horizon} của {parent}.",
        "The target is due by {child_horizon}, later than {parent_horizon} in {parent}.",
    ),
    "weakened_target:softer": (
        "Chỉ tiêu được diễn đạt ở mức “{child_words}” trong khi {parent} đặt mức {parent_words}.",
        "The target is hedged (“{child_words}”), where {parent} states it as {parent_words}.",
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
    "added_target": (
        "Chỉ tiêu {child_value} không có trong {parent}.",
        "The target of {child_value} is not in {parent}.",
    ),
    "not_comparable": (
        "Chỉ tiêu {child_value} và chỉ tiêu {parent_value} của {parent} không so sánh được trực tiếp: {reason_vi}.",
        "{child_value} and {parent_value} in {parent} cannot be compared directly: {reason_en}.",
    ),
    "missing_task": (
        "Không tìm thấy nội dung tương ứng với nhiệm vụ này của {parent}.",
        "No counterpart was found for this task of {parent}.",
    ),
    "narrowed_task": (
        "Nhiệm vụ chỉ giữ lại một phần nội dung so với {parent}; phần được trích dẫn không có nội dung tương ứng.",
        "The task keeps only part of what {parent} asks; the quoted part has no counterpart.",
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
        "Nhiệm vụ không có nội dung tương ứng trong {parent}.",
        "The task has no counterpart in {parent}.",
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
        "Văn bản được viện dẫn {parent} không có trong kho văn bản; {note_vi}.",
        "The cited document {parent} is not in the corpus; {note_en}.",
    ),
    "citation_mismatch:number": (
        "Số hiệu được viện dẫn là {child_value}, khác với {parent_value}.",
        "The number is cited as {child_value}, which differs from {parent_value}.",
    ),
    "citation_mismatch:date": (
        "Ngày được viện dẫn là {child_value}, khác với ngày {parent_value} của văn bản.",
        "The date is cited as {child_value}, which differs from the document's {parent_value}.",
    ),
    "citation_mismatch:issuer": (
        "Cơ quan ban hành được viện dẫn là {child_value}, khác với {parent_value}.",
        "The issuer is cited as {child_value}, which differs from {parent_value}.",
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
    "blank_number": ("Số văn bản còn để trống.", "The number of the document was left blank."),
    "blank_date": (
        "Ngày ban hành chưa ghi đầy đủ{note_vi}.",
        "The date of the document is incomplete{note_en}.",
    ),
    "two_versions": (
        "Có một văn bản khác cùng số hiệu nhưng khác nội dung: {other}.",
        "Another text bears the same number: {other}.",
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


def write(name: str, **places: str) -> tuple[str, str]:
    """Return the message of a finding in Vietnamese, with dates as Vietnam writes them, and in English."""
    filled = {"note_vi": "", "note_en": "", **places}
    vietnamese = MESSAGES[name][0].format(**{key: _DATE.sub(_day_first, value) for key, value in filled.items()})
    return vietnamese, MESSAGES[name][1].format(**filled)


def _day_first(date: re.Match[str]) -> str:
    year, month, day = date.groups()
    return f"{day}/{month}/{year}" if day else f"tháng {month}/{year}"
