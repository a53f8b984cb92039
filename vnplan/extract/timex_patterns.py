"""The patterns of expressions of time; what their groups mean is read in :mod:`vnplan.extract.timex`."""

from __future__ import annotations

import re

YEAR = r"(?:19|20)[0-9]{2}"
_DAY = r"[0-3]?[0-9]"
_MONTH = r"[01]?[0-9]"
_LAST = r"(?:chậm nhất|muộn nhất|hạn cuối|hạn chót|thời hạn|thời gian)(?:[ ](?:là|đến|vào))?(?:[ ](?:trước|trong|hết))?"
_TILL = r"từ nay đến(?: hết)?|(?:cho )?đến(?: hết)?|hết"
_LEAD = (
    rf"(?:(?P<lead>{_LAST}|không (?:quá|muộn hơn|chậm hơn)|(?:đến |cho đến |tính đến )?trước|trong|vào|{_TILL})[ ])?"
)
_PART = r"(?:(?P<part>cuối|đầu|giữa|hết)[ ])?"
_EVERY = r"(?:hằng|hàng|mỗi)"
_YEARLY = rf"(?P<yearly>[ ,]{{1,2}}(?:của[ ])?{_EVERY}[ ]năm)"
_BESIDE_YEAR = (
    r"(?P<next>[ ](?:của[ ])?năm[ ](?:liền kề|sau liền kề|sau|tiếp theo|kế tiếp|tới)"
    r"|[ ](?P<last>(?:của[ ])?năm[ ]trước(?:[ ]liền kề)?))"
)
_CLOCK = r"[0-9]{1,2}[ ]?(?:giờ|h)(?:[ ]?[0-9]{2})?(?:[ ]?(?:phút|[’']))?"
# yes: 17h00 / từ 20 giờ 15 phút - 20 giờ 45 phút
_TIME = rf"(?:(?:từ[ ])?{_CLOCK}(?:[ ]?(?:-|đến)[ ]?{_CLOCK})?,?[ ])?"


def _of_year(name: str) -> str:
    """Return the pattern of a year behind a month or quarter: "/2025", " năm 2025"."""
    return rf"(?:(?:[ ]?/[ ]?|[ ,]{{1,2}}(?:của[ ])?(?:năm[ ])?)(?P<{name}>{YEAR})(?![0-9/]))"


# yes: trước ngày 30/11 hằng năm / chậm nhất là ngày 15/01/2026 / trước 17h00 ngày 05 tháng 6 năm 2024
# yes: Trước ngày 31/01 năm liền kề / đến hết ngày 31/12/2025 / vào ngày 15/3/2026
# no:  từ ngày 01/01/2025 (read without the word that begins a period)
DAY = re.compile(
    rf"(?<!\w){_LEAD}{_TIME}(?P<word>(?:các )?ngày[ ])?[*_]{{0,2}}(?P<day>{_DAY})(?:[ ]?[/.-][ ]?|[ ]tháng[ ])"
    rf"(?P<month>{_MONTH})(?![0-9])"
    rf"(?:(?:[ ]?[/.-][ ]?|[ ]năm[ ])(?P<year>{YEAR})(?![0-9/])|{_YEARLY}|{_BESIDE_YEAR})?(?![0-9/])",
    re.I,
)
_NEXT_MONTH = r"tháng[ ](?:liền kề|sau liền kề|sau|tiếp theo|kế tiếp|báo cáo|cuối kỳ)"
_IN_QUARTER = rf"tháng[ ](?:cuối|đầu)(?:[ ]của)?(?:[ ]{_EVERY})?[ ]quý(?:[ ](?:sau|tiếp theo|báo cáo))?"
# yes: trước ngày 05 của tháng liền kề / ngày 15 của tháng cuối quý / trước ngày 25 hằng tháng
# no:  ngày 15 tháng 6
DAY_OF = re.compile(
    rf"(?<!\w){_LEAD}(?P<regular>định kỳ[ ](?:vào[ ])?)?{_TIME}ngày[ ](?:làm việc[ ])?(?:thứ[ ]|mùng[ ]|mồng[ ])?"
    rf"(?P<day>{_DAY})[ ](?:của[ ])?"
    rf"(?:(?P<quarterly>{_IN_QUARTER})|{_EVERY}[ ]tháng|{_NEXT_MONTH}|(?:mỗi[ ])?tháng)(?![ ]?[0-9]|\w)",
    re.I,
)
_WEEK = r"tuần[ ](?:thứ[ ](?:nhất|hai|ba|tư|[1-4])|đầu(?:[ ]tiên)?|cuối(?:[ ]cùng)?)[ ](?:của[ ])?"
_ONCE_EACH = rf"(?:{_EVERY}[ ](?:quý|tháng)(?:[ ](?:một|0?1)[ ]lần)?,?[ ])"
# yes: vào tuần thứ hai hằng tháng / vào tuần cuối của quý IV / mỗi quý một lần vào tuần đầu của tháng cuối quý
# no:  tuần lễ quốc gia
WEEK_OF = re.compile(
    rf"(?<!\w){_ONCE_EACH}?(?:(?:vào|trong|trước)[ ])?{_WEEK}"
    rf"(?:(?P<quarterly>{_IN_QUARTER})|(?P<monthly>{_EVERY}[ ]tháng)|quý[ ](?P<quarter>IV|I{{1,3}}|[1-4])(?!\w)"
    rf"(?:(?:[ ]?/[ ]?|[ ](?:năm[ ])?)(?P<year>{YEAR}))?|tháng[ ](?P<month>{_MONTH})(?![0-9])"
    rf"(?:(?:[ ]?/[ ]?|[ ]năm[ ])(?P<year2>{YEAR}))?)",
    re.I,
)
# yes: hằng tháng báo cáo kết quả về UBND xã vào ngày 20
# no:  hằng tháng báo cáo vào ngày 20/11
MONTHLY_ON = re.compile(
    rf"(?<!\w){_EVERY}[ ]tháng,?[ ](?:[^\W_]{{1,12}},?[ ]){{0,14}}?(?P<lead>vào|trước)[ ]ngày[ ](?P<day>{_DAY})"
    r"(?![ ]?[/0-9]|[ ]tháng|\w)",
    re.I,
)
# yes: trước ngày thứ Năm hằng tuần / trước 16 giờ thứ 6 hàng tuần
# no:  thứ hai (second)
WEEKDAY = re.compile(
    rf"(?<!\w){_LEAD}{_TIME}(?:ngày[ ])?(?P<weekday>thứ[ ](?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
    rf"[ ](?:của[ ])?{_EVERY}[ ]tuần(?!\w)",
    re.I,
)
_UNTIL = r"[ ]?(?:-|đến(?:[ ]hết)?)[ ]?"
_OR = r"[ ]?(?:-|đến(?:[ ]hết)?|và|,)[ ]?"
_QUARTER = r"(?:IV|I{1,3}|[1-4])(?!\w)"
_DAYS = (
    rf"(?:ngày[ ])?(?P<d1>{_DAY})/(?P<m1>{_MONTH})(?:/(?P<y1>{YEAR}))?{_UNTIL}"
    rf"(?:ngày[ ])?(?P<d2>{_DAY})/(?P<m2>{_MONTH})/(?P<y2>{YEAR})"
)
_MONTHS = (
    rf"tháng[ ](?P<m3>{_MONTH})(?:(?:[ ]?/[ ]?|[ ]năm[ ])(?P<y3>{YEAR}))?{_OR}(?:tháng[ ])?(?P<m4>{_MONTH})(?![0-9])"
    rf"{_of_year('y4')}?"
)
_QUARTERS = (
    rf"quý[ ](?P<q1>{_QUARTER})(?:(?:[ ]?/[ ]?|[ ]năm[ ])(?P<y5>{YEAR}))?{_OR}(?:quý[ ])?(?P<q2>{_QUARTER})"
    rf"{_of_year('y6')}?"
)
_YEARS = (
    rf"(?:(?:giai đoạn|thời kỳ)[ ](?:từ[ ])?|các[ ]năm[ ]|năm[ ])?(?P<y7>{YEAR}){_UNTIL}(?:năm[ ])?(?P<y8>{YEAR})"
    r"(?![0-9/])"
)
# yes: từ tháng 3 đến tháng 9/2026 / từ ngày 01/3/2026 đến ngày 30/9/2026 / từ năm 2024 đến năm 2030
# yes: giai đoạn 2024 - 2030 / Quý I - II/2026 / tháng 4, 5/2026 / 2024-2030 / tháng 10, 11 hằng năm
# no:  từ 5% đến 10%
SPAN = re.compile(rf"(?<!\w)(?:(?:từ|trong)[ ])?(?:{_DAYS}|(?:{_MONTHS}|{_QUARTERS})(?:{_YEARLY})?|{_YEARS})", re.I)
# yes: chậm nhất trong tháng 6/2026 / Tháng 7/2026 / trong tháng 9 năm 2024 / đầu tháng 6
# no:  trong 6 tháng / tháng cuối quý
MONTH = re.compile(
    rf"(?<!\w){_LEAD}{_PART}tháng[ ](?P<month>{_MONTH})(?![0-9])"
    rf"(?:{_of_year('year')}|{_YEARLY}|{_BESIDE_YEAR})?(?!\w)",
    re.I,
)
# yes: 6/2025 / 12/2025 (in a column of times)
# no:  15/6/2025 / 32/KH-UBND
MONTH_ALONE = re.compile(rf"(?<![\w/.,-])(?P<month>{_MONTH})[ ]?/[ ]?(?P<year>{YEAR})(?![\w/-])")
# yes: 2025 (in a column of times)
# no:  2024 - 2030 / 118/2025/NĐ-CP
YEAR_ALONE = re.compile(rf"(?<![\w/.,-])(?P<year>{YEAR})(?![\w/.-]|[ ]?-[ ]?[0-9])")
# yes: quý III/2024 / trong quý III năm 2024 / Quý IV năm 2025 / xong trong quý 2
# no:  quý khách
QUARTER = re.compile(
    rf"(?<!\w){_LEAD}{_PART}quý[ ](?P<quarter>{_QUARTER})(?:{_of_year('year')}|{_YEARLY}|{_BESIDE_YEAR})?(?!\w)", re.I
)
# yes: 6 tháng đầu năm 2025 / trong 06 tháng cuối năm
# no:  6 tháng (a rhythm or a duration)
HALF = re.compile(
    rf"(?<!\w){_LEAD}(?:0?6|sáu)[ ]tháng[ ](?P<half>đầu|cuối)[ ](?:của[ ])?"
    rf"(?:(?P<yearly>{_EVERY}[ ]năm)|năm(?:[ ](?P<year>{YEAR}))?)(?!\w)",
    re.I,
)
# yes: vào cuối năm 2030 / trong năm 2026 / đến hết năm 2030 / năm 2025
# no:  năm 2024 - 2030 (an interval)
YEARS = re.compile(rf"(?<!\w){_LEAD}{_PART}(?:(?P<whole>cả)[ ])?năm[ ](?P<year>{YEAR})(?![0-9]|[ ]?-[ ]?[0-9])", re.I)
_RHYTHM = rf"(?:định kỳ[ ,]{{0,2}}(?:theo[ ])?)?{_EVERY}[ ](?P<unit>năm|quý|tháng|tuần|ngày|0?6[ ]tháng|nửa năm)(?!\w)"
_REGULAR = r"định kỳ[ ](?:theo[ ])?\(?(?P<count>[0-9]{1,2}|một|hai|ba|sáu)?[ ]?(?P<unit2>năm|quý|tháng|tuần|ngày)(?!\w)"
_ONCE = r"(?:(?:[ ]?/[ ]?|[ ])(?:(?:một|0?1)[ ])?lần)?"
# yes: Định kỳ hằng năm / mỗi quý / hằng tuần / định kỳ 6 tháng, hằng năm / định kỳ 02 năm một lần
# no:  định kỳ (no rhythm)
RHYTHM = re.compile(rf"(?<!\w)(?:{_RHYTHM}|{_REGULAR}){_ONCE}", re.I)
_FRAME = r"(?:vòng|thời hạn|thời gian)"
_WITHIN = (
    rf"(?P<within>trong(?:[ ]{_FRAME})?|(?:chậm nhất|muộn nhất)(?:[ ]là)?(?:[ ](?:sau|trong(?:[ ]{_FRAME})?))?"
    r"|không quá|tối đa)"
)
_SINCE = rf"(?P<since>,?[ ](?:kể từ|tính từ|từ|sau)(?:[ ](?:ngày|khi|thời điểm))?(?:[ ]{_DAY}/{_MONTH}/{YEAR})?)?"
_COUNT = r"(?P<count>[0-9]{1,3})(?:[ ]\([^()0-9]{1,20}\))?"
# yes: trong thời hạn 15 ngày làm việc kể từ ngày / sau 03 tháng kể từ khi / không quá 30 ngày / chậm nhất sau 05 ngày
# no:  5 năm qua
DURATION = re.compile(
    rf"(?<!\w)(?:{_WITHIN}|(?P<after>sau(?:[ ](?:khi|thời hạn))?))[ ]"
    rf"{_COUNT}[ ](?P<unit>giờ|ngày|tuần|tháng|quý|năm)(?:[ ]làm việc)?{_SINCE}(?!\w)",
    re.I,
)
# yes: Thường xuyên trong năm / thường xuyên, liên tục / Thường xuyên
# no:  không thường xuyên
ONGOING = re.compile(
    r"(?<!\w)(?<!không )thường xuyên(?:,? liên tục)?(?:[ ]trong[ ](?:năm|tháng|quý|cả năm)(?![ ][0-9]))?(?!\w)", re.I
)
# yes: đột xuất / khi có yêu cầu / theo yêu cầu
# no:  yêu cầu
REQUEST = re.compile(
    r"(?<!\w)(?:đột xuất(?:[ ](?:khi|theo)(?: có| được)?"
    r"(?: yêu cầu| vụ việc| tình huống| chỉ đạo| sự cố| phát sinh))?"
    r"|khi (?:có|được) yêu cầu|khi cần thiết|theo yêu cầu)(?!\w)",
    re.I,
)
# yes: "15/6, " before another day of a list
LISTED = re.compile(r"/[01]?[0-9](?:,|;|[ ]và|, và)[ ]$")
# what stands between the days of one list
JOINT = re.compile(r"[ ]?(?:và|,|;|hoặc|, và)[ ]?(?:trước[ ])?")
# yes: "xong ", "hoàn thành " before "trong năm 2026"
# no:  "hoàn thành việc "
FINISHED = re.compile(r"(?<!\w)(?:xong|hoàn thành)[ ]$", re.I)
# yes: " nhận được hồ sơ" behind "kể từ ngày": the event that days are counted from
# no:  " 01/01/2025"
SINCE_WHAT = re.compile(r"(?:[ ](?!để|và|thì|phải|hoặc|trong|trước)[^\W\d_]{1,12}){1,12}(?=[ ]?(?:[,;.()|\n/]|$|và ))")
# yes: the end of a sentence or of a part of one: "; " and ". "
SENTENCE_END = re.compile(r";|\.[ ]")
