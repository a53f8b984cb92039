"""Pages of portals: the document, the whole document, and nothing of what stands around it."""

from __future__ import annotations

import re

import pytest
from poison import portals
from poison.portals import LINES, NAME, PLAN

from vnplan.document import read_member
from vnplan.errors import ReadError
from vnplan.read import read_bytes

RELATED = "<ul><li><a href=/a>Kế hoạch số 44/KH-UBND về trẻ em</a><li><a href=/b>Phấn đấu 90% hộ dân</a></ul>"


def lines(main: str) -> list[str]:
    source = read_bytes("a.html", portals.page(main))
    return [line for line in source.text.split("\n") if line]


def fails(main: str) -> tuple[str, str]:
    with pytest.raises(ReadError) as caught:
        read_bytes("a.html", portals.page(main))
    return caught.value.code, caught.value.message


@pytest.mark.parametrize(
    "main",
    [
        portals.document(),
        portals.BUTTONS + portals.document() + portals.BUTTONS,
        f"<h1>{NAME}</h1>{portals.BUTTONS}{portals.document()}",
        portals.attributes() + portals.document(),
        portals.attributes(rows=False) + portals.document(),
        f"<div>{portals.attributes()}</div><div>{portals.document()}</div>",
        portals.document() + portals.attributes(rows=False),
        portals.attributes() + portals.attached("kh-45.pdf", "phu-luc.docx") + portals.document(),
        portals.tabs(),
        portals.tabs(by="style"),
        portals.tabs(open_tab=1),
        portals.tabs(open_tab=1, by="style"),
        f"<div class=content-detail>{portals.document()}</div>",
        f"<table width=100%><tr><td><a href=/>Menu 1</a><br><a href=/>Menu 2</a><td>{portals.document()}</table>",
        f"{portals.document()}<div class=tin-lien-quan>{RELATED}</div>",
        f"{portals.document()}<div><b>Tin liên quan</b>{RELATED}</div>",
        f"{portals.document()}<h3>Các tin khác:</h3>{RELATED}",
    ],
)
def test_the_document_is_read_whole_and_without_what_stands_around_it(main: str):
    assert sorted(lines(main)) == sorted(PLAN)
    assert [line for line in lines(main) if line in LINES] == list(LINES)


@pytest.mark.parametrize(
    "fields",
    [
        "".join(f"<div><div class=a>{k}:</div><div class=b>{v}</div></div>" for k, v in portals.FIELDS.items()),
        "<p>" + "<br>".join(f"<b>{k}</b>: {v}" for k, v in portals.FIELDS.items()) + "</p>",
        "<dl>" + "".join(f"<dt>{k}<dd>{v}" for k, v in portals.FIELDS.items()) + "</dl>",
        "<table>" + "".join(
            f"<tr><td>{a[0]}<td>{a[1]}<td>{b[0]}<td>{b[1]}"
            for a, b in zip(list(portals.FIELDS.items())[::2], list(portals.FIELDS.items())[1::2], strict=False)
        ) + "</table>",
    ],
)  # fmt: skip
def test_attributes_are_known_in_any_shape(fields: str):
    assert sorted(lines(f"<div>{fields}</div><div>{portals.document()}</div>")) == sorted(PLAN)


def test_attributes_serve_as_the_title_of_a_document_that_lost_its_letterhead():
    body = "".join(f"<p>{line}</p>" for line in LINES[2:] * 3)
    source = read_bytes("a.html", portals.page(portals.attributes() + body))
    assert source.title == NAME and "Trích yếu" not in source.text
    header = read_member("a.html", portals.page(portals.attributes() + body)).header
    assert (header.kind, header.number) == ("plan", "45/KH-UBND")


def test_the_heading_of_the_page_is_the_title_and_no_line_of_the_document():
    source = read_bytes("a.html", portals.page(f"<h2>{NAME}</h2>{portals.document()}"))
    assert source.title == NAME


def test_headings_inside_the_document_and_those_of_an_article_are_kept():
    body = f"<h1>{NAME}</h1>" + "".join(f"<h3>{line}</h3><p>{line} {LINES[6]}</p>" for line in LINES[:6] * 2)
    found = lines(body)
    assert NAME in found and all(line in found for line in LINES[:6])
    inner = portals.document().replace(f"<p>{LINES[1]}</p>", f"<h2>{LINES[1]}</h2>")
    assert LINES[1] in lines(inner)


ROWS = "".join(
    f"<tr><td>{n}<td>{n}/KH-UBND<td>02/03/2026<td><a href=/{n}>Kế hoạch triển khai nhiệm vụ số {n}</a>"
    for n in range(1, 21)
)
LISTING = f"<table><tr><th>STT<th>Số ký hiệu<th>Ngày ban hành<th>Trích yếu{ROWS}</table>"


def test_a_table_in_a_document_that_lists_others_is_kept():
    assert "20/KH-UBND" in lines(f"{portals.document()}<p>PHỤ LỤC</p>{LISTING}")


def test_names_of_attributes_without_values_are_a_list_of_the_document():
    names = "".join(f"<li>{name}</li>" for name in portals.FIELDS)
    assert "- Trích yếu" in lines(portals.document((*LINES[:6], f"3. Hồ sơ gồm:</p><ul>{names}</ul><p>", *LINES[6:])))


def test_lines_that_only_begin_like_buttons_are_kept():
    own = ("In 5.000 tờ rơi về chăm sóc người cao tuổi.", "Chia sẻ dữ liệu: Sở Y tế.", "Xem xét, đánh giá hằng năm.")
    assert all(line in lines(portals.document((*LINES, *own))) for line in own)


def test_a_page_of_attributes_with_attachments_is_no_plan_and_names_them():
    code, message = fails(portals.attributes() + portals.attached("kh-45.pdf", "phu-luc.docx"))
    assert (code, "kh-45.pdf, phu-luc.docx" in message) == ("not-a-plan", True)


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/tai-ve?file=kh-45.pdf'>Tải về</a>",
        "<a href='/download.aspx?id=9'>kh-45.pdf</a>",
        "<iframe src='https://viewer.example/?url=https%3A%2F%2Fp.example%2Fkh-45.pdf&embedded=true'></iframe>",
        "<object data='/media/kh-45.pdf#page=1'></object>",
    ],
)
def test_attachments_are_known_by_address_or_words(link: str):
    code, message = fails(portals.attributes() + link)
    assert (code, "kh-45.pdf" in message) == ("not-a-plan", True)


def test_attachments_of_a_page_with_its_document_are_said():
    source = read_bytes("a.html", portals.page(portals.document() + portals.attached("phu-luc.xlsx")))
    assert [(p.code, "phu-luc.xlsx" in p.message) for p in source.problems] == [("attached", True)]


def test_files_that_the_foot_of_the_page_links_are_no_attachments():
    foot = "<footer><a href=/huong-dan.pdf>Hướng dẫn sử dụng</a></footer><div class=footer><a href=/b.pdf>b</a></div>"
    assert read_bytes("a.html", portals.page(portals.document() + foot)).problems == ()


@pytest.mark.parametrize("main", [portals.attributes(), f"<h2>Văn bản chỉ đạo</h2>{LISTING}"])
def test_a_page_that_only_describes_or_lists_documents_is_no_plan(main: str):
    assert fails(main)[0] == "not-a-plan"


def test_a_page_of_frames_names_them():
    with pytest.raises(ReadError) as caught:
        read_bytes(
            "a.html", b"<html><frameset cols='20%,80%'><frame src=menu.html><frame src='b.html'></frameset></html>"
        )
    assert (caught.value.code, "menu.html, b.html" in caught.value.message) == ("no-text", True)


def test_a_short_document_without_letterhead_is_a_document():
    assert "KẾ HOẠCH" in lines(portals.attributes() + "".join(f"<p>{line}</p>" for line in LINES))


def test_a_letterhead_in_nested_tables_of_layout_is_read_in_order():
    outer = f"<table><tr><td><table><tr><td>{portals.document()}</table></table>"
    assert lines(outer) == lines(portals.document())


@pytest.mark.parametrize("depth", [1, 300])
def test_each_element_of_a_page_of_many_links_is_judged_once(depth: int, monkeypatch):
    from vnplan.read.html_page import Page

    judged: list[int] = []
    judge = Page._is_furniture
    monkeypatch.setattr(Page, "_is_furniture", lambda page, node: judged.append(node.mem_id) or judge(page, node))
    links = "".join(f"<li><a href=/t/{n}.pdf>Văn bản số {n}</a>" for n in range(3_000))
    main = "<div class=x>" * depth + portals.document() + f"<ul>{links}</ul>" + "</div>" * depth
    assert set(PLAN) <= set(lines(main))
    assert len(judged) == len(set(judged)) < 2 * (3_000 + depth) + 500


@pytest.mark.parametrize(
    "body",
    [
        "<p>Kênh truyền thông</p><p>Facebook, Zalo</p>",
        "<p>Kênh truyền thông</p><ul><li>Facebook</li><li>Zalo</li></ul>",
        "<p>VĂN BẢN LIÊN QUAN</p><p><a href=/1>Luật Trẻ em năm 2016</a></p><p><a href=/2>Luật An ninh mạng</a></p>",
    ],
)
def test_what_a_document_says_of_channels_and_other_documents_is_read(body: str):
    said = [words for words in re.split("<[^<>]+>", body) if words]
    first, last = portals.document().split("<p>", 1)
    found = [line.removeprefix("- ") for line in lines(f"{first}{body}<p>{last}")]
    assert [line for line in found if line in said] == said


def test_links_to_networks_are_none_of_the_document():
    share = "<p><a href=/1>Facebook</a> <a href=/2>Zalo</a></p><p><a href=/3>Chia sẻ</a></p>"
    assert lines(portals.document() + share) == lines(portals.document())


@pytest.mark.parametrize(
    "heading", ["Đánh giá", "3. Đánh giá", "Chia sẻ", "Sao lưu", "Phản hồi", "- Tải về", "Văn bản liên quan"]
)
def test_a_heading_that_may_be_a_button_elsewhere_is_kept(heading: str):
    assert heading in lines(portals.document((*LINES[:6], heading, *LINES[6:])))


def test_a_list_of_the_document_with_names_that_portals_use_too_is_kept():
    fields = ("Phạm vi: toàn tỉnh", "Lĩnh vực: y tế", "Tình trạng: mới", "Chức vụ: trưởng phòng", "Ngành: y")
    items = "".join(f"<li>{field}</li>" for field in fields)
    assert f"- {fields[0]}" in lines(portals.document((*LINES[:6], f"Gồm:</p><ul>{items}</ul><p>", *LINES[6:])))


def test_headings_above_a_letterhead_behind_an_article_are_the_article():
    intro = f"<h2>Tin mới về kế hoạch</h2><p>{LINES[6]} {LINES[8]}</p><h3>Toàn văn kế hoạch</h3>"
    found = lines(f"<h1>{NAME}</h1>{intro}{portals.document()}")
    assert "Toàn văn kế hoạch" in found and LINES[8] in " ".join(found)


def test_a_short_article_with_an_attachment_is_an_article():
    words = f"Ngày 02/3/2026, UBND tỉnh An Bình ban hành Kế hoạch số 45/KH-UBND. {LINES[6]}"
    assert words in lines(f"<h1>{NAME}</h1><p>{words}</p>{portals.attached('kh-45.pdf')}")


def test_the_heading_of_a_list_of_other_pages_goes_with_it_and_marks_stay_in_place():
    mark, note = '<sup><a href="#_ftn1">1</a></sup>', '<div id=ftn1><p><a href="#_ftnref1">1</a> Ghi chú.</p></div>'
    main = portals.document((*LINES, f"Dân số{mark} tăng.")) + f"<h3>Tin liên quan</h3>{RELATED}{note}"
    source = read_bytes("a.html", portals.page(main))
    anchors = [block.anchor for block in source.blocks if block.kind == "footnote"]
    assert [source.text[:anchor].endswith("\nDân số") for anchor in anchors] == [True]
    assert all(source.text[b.span.start : b.span.end] in (*PLAN, "Dân số tăng.", "Ghi chú.") for b in source.blocks[6:])
