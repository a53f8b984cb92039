"""Pages as portals publish plans: the document among menus, tabs, tables of attributes, counters and other news."""

from __future__ import annotations

LINES = (
    "KẾ HOẠCH",
    "Thực hiện Chương trình chăm sóc người cao tuổi trên địa bàn tỉnh",
    "I. MỤC TIÊU",
    "- Đến năm 2030, phấn đấu 95% người cao tuổi được khám sức khỏe định kỳ.",
    "- Mỗi xã có một câu lạc bộ.",
    "II. NHIỆM VỤ",
    "1. Sở Y tế chủ trì, phối hợp với các sở, ban, ngành tổ chức khám sức khỏe cho người cao tuổi hằng năm.",
    "2. Sở Tài chính cân đối kinh phí.",
    "3. Ủy ban nhân dân các xã báo cáo kết quả trước ngày 30/11/2026./.",
)
HEAD = ("ỦY BAN NHÂN DÂN", "TỈNH AN BÌNH", "Số: 45/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "An Bình, ngày 02 tháng 3 năm 2026")  # fmt: skip
FOOT = ("Nơi nhận:", "- Bộ Y tế;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "(Đã ký)")
PLAN = (*HEAD, *LINES, *FOOT)
NAME = "Kế hoạch số 45/KH-UBND về chăm sóc người cao tuổi trên địa bàn tỉnh"

MENU = (
    "<div id=header><a href=/><img src=logo.png alt=Logo></a><h1>CỔNG THÔNG TIN ĐIỆN TỬ TỈNH AN BÌNH</h1></div>"
    "<div class=main-menu><ul><li><a href=/>Trang chủ</a><li><a href=/gt>Giới thiệu</a><li><a href=/vb>Văn bản</a></ul>"
    "</div>"
    f"<div class=breadcrumb><a href=/>Trang chủ</a> » <a href=/vb>Văn bản</a> » <span>{NAME}</span></div>"
)
BUTTONS = (
    "<div><a href=#>In trang</a> <a href=#>Gửi email</a> <span>Cỡ chữ: A- A A+</span> "
    "<span>Lượt xem: 1.234</span></div>"
)
BESIDE = (
    "<div class=col-md-4><h3>Tin liên quan</h3><ul><li><a href=/1>Hội nghị triển khai nhiệm vụ năm 2026</a>"
    "<li><a href=/2>Phấn đấu 90% hộ dân dùng nước sạch</a></ul><h3>Thống kê truy cập</h3><p>Đang truy cập: 15</p>"
    "<p>Hôm nay: 2.345</p></div>"
)
COMMENTS = (
    "<div><h3>Ý kiến bạn đọc</h3><form><input placeholder='Họ tên'><textarea></textarea>"
    "<button>Gửi bình luận</button></form>"
    "<p>Bạn đọc: Kế hoạch rất thiết thực.</p></div>"
)
FOOTER = (
    "<div id=footer><p>Cơ quan chủ quản: Ủy ban nhân dân tỉnh An Bình. Địa chỉ: số 1 đường Hùng Vương.</p>"
    "<p>Điện thoại: 0200.123456. Ghi rõ nguồn khi phát hành lại thông tin.</p></div>"
)
FIELDS = {
    "Số ký hiệu": "45/KH-UBND",
    "Ngày ban hành": "02/03/2026",
    "Ngày có hiệu lực": "02/03/2026",
    "Loại văn bản": "Kế hoạch",
    "Cơ quan ban hành": "Ủy ban nhân dân tỉnh",
    "Người ký": "Chủ tịch",
    "Trích yếu": NAME,
}


def letterhead() -> str:
    """Return the table above a document."""
    left, right = "<br>".join(HEAD[:2]), "<br>".join(HEAD[3:5])
    return f"<table><tr><td><b>{left}</b><td><b>{right}</b><tr><td>{HEAD[2]}<td><i>{HEAD[5]}</i></table>"


def document(lines: tuple[str, ...] = LINES) -> str:
    """Return the document as paragraphs between two tables."""
    foot = f"<table><tr><td>{'<br>'.join(FOOT[:3])}<td>{'<br>'.join(FOOT[3:])}</table>"
    return letterhead() + "".join(f"<p>{line}</p>" for line in lines) + foot


def attributes(*, rows: bool = True) -> str:
    """Return the table of attributes, or the same as a list."""
    if rows:
        return "<table>" + "".join(f"<tr><td>{name}<td>{value}" for name, value in FIELDS.items()) + "</table>"
    return "<ul>" + "".join(f"<li><b>{name}:</b> {value}" for name, value in FIELDS.items()) + "</ul>"


def attached(*names: str) -> str:
    """Return the links to attachments."""
    return "<div>Tệp đính kèm: " + " ".join(f"<a href='/tai/{name}'>{name}</a>" for name in names) + "</div>"


def page(main: str, title: str = "Văn bản | Cổng thông tin điện tử tỉnh An Bình") -> bytes:
    """Return the whole page around a main part."""
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body>{MENU}"
        f"<div class=container><div class=row><div class=col-md-8>{main}</div>{BESIDE}</div></div>"
        f"{COMMENTS}{FOOTER}</body></html>"
    ).encode()


def tabs(*, open_tab: int = 0, by: str = "class") -> str:
    """Return a page's main part in tabs: the document, its attributes, its relations."""
    panels = (document(), attributes(), "<p>Văn bản căn cứ: <a href=/l>Luật Người cao tuổi</a></p>")
    out = (
        f"<h2>{NAME}</h2><ul class=nav-tabs><li>Nội dung<li>Thuộc tính<li>Lược đồ<li>Tải về</ul><div class=tab-content>"
    )
    for number, panel in enumerate(panels):
        shut = "" if number == open_tab else (" style='display:none'" if by == "style" else "")
        active = " active" if number == open_tab else ""
        out += f"<div role=tabpanel class='tab-pane{active}' id=tab{number}{shut}>{panel}</div>"
    return out + "</div>"
