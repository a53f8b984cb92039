"""What the problems of reading are called in a Vietnamese report; English readers get the message itself."""

from __future__ import annotations

import re
from typing import Final

from vnplan.report.words import Words

# yes: page 3 / pages 3-5 / 12 / 31/02 / 'Số 12'
# no:  the words between them
_DETAILS = re.compile(r"\bpages? [0-9][0-9, and–-]{0,40}(?![a-z])|[0-9]{1,9}(?:/[0-9]{1,4}){0,2}|'[^']{1,60}'")
_PAGES = re.compile(r"^pages? ")
_MOST: Final = 3  # details of a message that are repeated
_QUOTING: Final = frozenset({"no-year", "no-such-day", "torn-number"})  # messages that begin with words of the document
PROBLEMS: Final[dict[str, str]] = {
    "cut": "một phần văn bản không được đọc, nên văn bản này không được đối chiếu",
    "cut:pages": "có trang không đọc được, nên văn bản này không được đối chiếu",
    "cut:end": "văn bản dừng giữa chừng, nên không được đối chiếu",
    "cut:embedded": "đối tượng nhúng trong tệp không được mở, nên văn bản này không được đối chiếu",
    "invisible": "đã bỏ qua ký tự không nhìn thấy",
    "bidi-control": "đã bỏ qua ký tự đảo chiều đọc, tiếng Việt không dùng đến",
    "marks": "có chữ mang nhiều dấu hơn mức bình thường",
    "converted": "đã chuyển mã chữ từ bảng mã cũ sang Unicode",
    "hidden-text": "đã bỏ qua đoạn chữ ẩn mà người đọc không thấy; cần đối chiếu nếu có số, ngày",
    "map": "có bản đồ hoặc bản vẽ; chữ trên đó được đọc theo dòng",
    "struck-text": "đã bỏ qua đoạn chữ bị gạch ngang; cần đối chiếu nếu có số, ngày",
    "charset": "trang khai báo sai bảng mã; đã đọc theo nội dung thực tế",
    "attached": "trang có tệp đính kèm không thuộc phần được đọc",
    "active-content": "tệp chứa mã lệnh hoặc tệp nhúng; không mã nào được chạy, không tệp nào được mở",
    "repaired": "tệp bị hỏng và được đọc sau khi sửa",
    "type": "loại tệp khác với tên tệp; đã đọc theo nội dung thực tế",
    "unread": "có đoạn đọc được nhưng không hiểu, nên văn bản này không được đối chiếu; cần xem lại bản gốc",
    "unread:tables": "có bảng không kẻ ô nên không chia được cột; văn bản này không được đối chiếu",
    "unread:figures": "có đoạn chứa quá nhiều con số, có thể là bảng; cần xem lại bản gốc",
    "restricted": "tệp cấm sao chép; nội dung vẫn được đọc",
    "no-text": "có trang không có lớp chữ và không nhận dạng được",
    "stamp": "đã bỏ qua con dấu, chữ ký hoặc chữ do phần mềm ký số in đè",
    "doubtful": "có chỗ nhận dạng chưa chắc chắn; cần xem lại bản gốc",
    "doubtful:number": "số văn bản viết tay hoặc nhận dạng chưa chắc chắn, nên để trống",
    "doubtful:date": "ngày văn bản viết tay hoặc nhận dạng chưa chắc chắn, nên phần đó để trống",
    "doubtful:figure": "con số của chỉ tiêu hoặc thời hạn nhận dạng chưa chắc chắn; cần xem lại bản gốc",
    "doubtful:label": "số thứ tự của mục hoặc dòng nhận dạng sai, đã sửa theo thứ tự; cần xem lại bản gốc",
    "torn-number": "số của văn bản được viện dẫn bị tách rời, không xác định được nên để trống",
    "no-such-day": "ngày không có trong lịch, nên để trống",
    "impossible-date": "ngày ban hành không có trong lịch, nên để trống",
    "no-year": "thời hạn không rõ năm",
}


def problem_words(code: str, message: str) -> Words:
    """Return what a problem is called: in Vietnamese by its code, with the figures of the message; else the message.

    >>> problem_words("cut:pages", "page 3 was not read").vi
    'có trang không đọc được, nên văn bản này không được đối chiếu (trang 3)'
    """
    known = PROBLEMS.get(code) or PROBLEMS.get(code.split(":", 1)[0])
    if known is None:
        return Words(message, message)
    said, _, rest = message.partition(": ")
    if code in _QUOTING and rest:
        return Words(f"{known} (“{said}”)", message)
    found = list(dict.fromkeys(match[0] for match in _DETAILS.finditer(message)))
    details = [_PAGES.sub("trang ", words).replace(" and ", " và ") for words in found]
    shown = f" ({', '.join(details[:_MOST])})" if details else ""
    return Words(known + shown, message)
