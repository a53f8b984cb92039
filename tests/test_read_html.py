"""HTML pages: what is the document and what stands around it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from poison.pages import nested_divs, open_tags, to_windows_1258

from vnplan.errors import ReadError
from vnplan.read import read_bytes

ITEM = (
    "Sở Y tế chủ trì, phối hợp với các sở, ban, ngành tổ chức thực hiện các nhiệm vụ của kế hoạch này trước ngày 30/11."
)


def read(body: str, head: str = ""):
    return read_bytes("a.html", f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode())


def words(source, kind=None):
    return [source.text[b.span.start : b.span.end] for b in source.blocks if kind in (None, b.kind)]


def fails(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read_bytes("a.html", data)
    return caught.value.code


def test_block_elements_are_paragraphs_and_white_space_is_folded():
    assert words(read("<h2>I. MỤC  TIÊU</h2><p>Một\n hai</p><div>ba</div>bốn")) == [
        "I. MỤC TIÊU",
        "Một hai",
        "ba",
        "bốn",
    ]


def test_letters_that_spans_split_are_joined():
    assert words(read("<p>V<span>ề</span> các c<b>ơ</b> ch<i>ế</i></p>")) == ["Về các cơ chế"]


def test_list_items_carry_the_numbers_and_bullets_that_a_reader_sees():
    source = read("<ol start=3><li>Rà soát<li>Báo cáo</ol><ol type=a><li>Nội dung</ol><ul><li>Kinh phí<li>- Khác</ul>")
    assert words(source) == ["3. Rà soát", "4. Báo cáo", "a. Nội dung", "- Kinh phí", "- Khác"]


def test_a_line_break_divides_a_heading_and_not_a_sentence():
    cut = ITEM.index("tổ chức")
    assert words(read(f"<p align=center>KẾ HOẠCH<br>Thực hiện</p><p>{ITEM[:cut]}<br>{ITEM[cut:]}</p>")) == [
        "KẾ HOẠCH",
        "Thực hiện",
        f"{ITEM[:cut]}\n{ITEM[cut:]}",
    ]


def test_two_line_breaks_divide_always():
    assert words(read("một hai ba bốn năm sáu bảy tám chín mười<br><br>mười một")) == [
        "một hai ba bốn năm sáu bảy tám chín mười",
        "mười một",
    ]


def test_cells_of_a_table_stand_at_their_places():
    source = read(
        "<table><tr><th rowspan=2>TT<th colspan=2>Chỉ tiêu<tr><td>2026<td>2027<tr><td>1<td>95%<td><p>a<p>b</table>"
    )
    cells = [(w, b.cell.row, b.cell.column, b.cell.rows, b.cell.columns)
             for b, w in zip(source.blocks, words(source), strict=True)]  # fmt: skip
    assert cells == [
        ("TT", 0, 0, 2, 1), ("Chỉ tiêu", 0, 1, 1, 2), ("2026", 1, 1, 1, 1), ("2027", 1, 2, 1, 1),
        ("1", 2, 0, 1, 1), ("95%", 2, 1, 1, 1), ("a", 2, 2, 1, 1), ("b", 2, 2, 1, 1),
    ]  # fmt: skip


def test_a_table_that_only_lays_out_the_page_is_none():
    source = read(f"<table><tr><td><table><tr><td>1<td>2</table><p>{ITEM}</table>")
    assert [b.kind for b in source.blocks] == ["cell", "cell", "paragraph"]


def test_menus_counters_and_scripts_are_no_text():
    page = (
        "<nav>Trang chủ</nav><div class=main-menu><a href=/>Giới thiệu</a></div><script>alert(1)</script>"
        f"<div class=content><p>{ITEM}<p>{ITEM}</div><div class=tin-lien-quan><a href=/a>Tin khác</a></div>"
        "<!-- ghi chú --><style>p {}</style><div id=counter>Lượt truy cập: 12</div>"
    )
    assert words(read(page)) == [ITEM, ITEM]


def test_a_page_inside_a_form_is_read():
    assert words(read(f"<form id=aspnetForm><div><p>{ITEM}</div></form>")) == [ITEM]


def test_hidden_elements_are_no_text_and_are_reported():
    source = read(f"<p>{ITEM}<span style='display:none'>Chỉ tiêu 10%</span></p><p hidden>ẩn</p>")
    assert words(source) == [ITEM]
    assert "hidden-text" in [problem.code for problem in source.problems]


def test_the_title_is_no_part_of_the_text():
    source = read(f"<p>{ITEM}", "<title>Kế hoạch | Cổng thông tin</title>")
    assert source.title == "Kế hoạch | Cổng thông tin"
    assert "Cổng" not in source.text


def test_a_reference_to_a_note_is_left_out_and_the_note_is_a_footnote():
    source = read(
        '<p>Toàn tỉnh có 100 xã<a href="#_ftn1"><sup>[1]</sup></a>, rộng 5 m<sup>2</sup>, dân số<sup>2</sup>.</p>'
        '<div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1">[1]</a> Theo báo cáo.</p></div>'
    )
    assert words(source, "paragraph") == ["Toàn tỉnh có 100 xã, rộng 5 m2, dân số."]
    assert words(source, "footnote") == ["Theo báo cáo."]


def test_bold_and_centred_are_told():
    block = read("<p style='text-align: center'><b>1. Mục tiêu</b>: chung</p>").blocks[0]
    assert (block.bold, block.centred) == (len("1. Mục tiêu"), True)


@pytest.mark.parametrize("end", ["<div cla", ""])
def test_a_page_that_was_not_downloaded_to_its_end_is_cut(end):
    source = read_bytes("a.html", f"<html><body><p>{ITEM}</p>{end}".encode())
    assert [problem.code for problem in source.problems] == ["cut:end"]


STYLE = f"<style>{'p {color: #000}' * 2_000}</style>"
PRINT = "<script>w.document.write('<html><body></body></html>')</script>"


@pytest.mark.parametrize(
    "page", [f"{STYLE}<body><p>{ITEM}</p>", f"{PRINT}<BODY><p>{ITEM}</p>", f"<body><p>{ITEM}</p><!-- "]
)
def test_a_page_is_cut_however_long_its_head_is_and_whatever_its_scripts_say(page):
    source = read_bytes("a.html", f"<html>{page}".encode())
    assert [problem.code for problem in source.problems] == ["cut:end"]


@pytest.mark.parametrize(
    "behind", [f"<script>{'count(1);' * 500}</script>", f"<SCRIPT>{'a(1);' * 500}</SCRIPT>", " " * 5_000]
)
def test_a_page_is_whole_whatever_stands_behind_it(behind):
    source = read_bytes("a.html", f"<html><body><p>{ITEM}</p></body></html>{behind}".encode())
    assert source.problems == ()


@pytest.mark.parametrize(
    ("around", "between"),
    [
        ("<svg>{}", ""),
        ("<svg>{}</svg>", ""),
        ("<svg><title>{}</svg>", ""),
        ("{}", "<script></script>"),
        ("{}", "<STYLE></STYLE>"),
        ("<!-->{}<!-- -->", ""),
    ],
)
def test_a_page_that_is_too_deep_never_reaches_the_parser(monkeypatch, around, between):
    monkeypatch.setattr("selectolax.lexbor.LexborHTMLParser", None)
    page = around.format(f"<div>{between}" * 2_000)
    with pytest.raises(ReadError) as caught:
        read_bytes("a.html", f"<html><body>{page}<p>{ITEM}</p></body></html>".encode())
    assert caught.value.code == "too-deep"


def test_a_drawing_of_many_lines_is_not_deep():
    drawing = "<svg viewBox='0 0 9 9'><g>" + "<path d='M0 0L9 9'/>" * 3_000 + "</g></svg>"
    assert words(read(f"<p>{ITEM}</p>{drawing}")) == [ITEM]


def test_the_bytes_decide_on_the_encoding():
    source = read(f"<p>{ITEM}", "<meta charset=iso-8859-1>")
    assert ITEM in source.text
    assert [problem.code for problem in source.problems] == ["charset"]


@pytest.mark.parametrize("depth", [300, 900])
def test_a_document_deep_inside_a_page_is_read_whole(depth):
    assert words(read_bytes("a.html", nested_divs(depth))) == ["Kế hoạch số 12/KH-UBND", "Nơi nhận"]


@pytest.mark.parametrize("depth", [1100, 100_000])
def test_a_page_that_is_nested_too_deeply_fails_and_is_not_empty(depth):
    assert fails(nested_divs(depth)) == "too-deep"


def test_fonts_that_nobody_closes_and_tags_in_comments_are_no_depth():
    fonts = "".join(f"<p><font size=2><b>{number}. {ITEM}" for number in range(400))
    comment = "<!--[if gte mso 9]><xml>" + "<w:LsdException/><x>" * 2000 + "</xml><![endif]-->"
    picture = "<svg>" + "<g><circle/>" * 1500 + "</svg>"
    source = read(f"{comment}{picture}<script>'{'<div>' * 2000}'</script>{fonts}")
    assert len(source.blocks) == 400


@pytest.mark.parametrize("tag", ["div", "b", "span"])
def test_hundreds_of_thousands_of_open_tags_fail(tag):
    assert fails(open_tags(tag, 300_000)) == "too-deep"


def test_a_hundred_thousand_open_paragraphs_are_read():
    assert "Kế hoạch" in read_bytes("a.html", open_tags("p", 100_000)).text


@pytest.mark.parametrize(
    "body",
    ["<h1>404</h1><p>Trang không tồn tại", "<form>Vui lòng đăng nhập<input></form>", "<p>Nhập mã xác nhận (captcha)"],
)
def test_an_error_or_login_page_is_no_plan(body):
    assert fails(f"<!DOCTYPE html><html><body>{body}".encode()) == "not-a-plan"


def test_a_page_that_scripts_fill_in_has_no_text():
    assert fails(b"<!DOCTYPE html><html><body><div id=root></div><script>run()</script>") == "no-text"


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<div>", "</div>", "<li>", "<ul>", "<b>", "<table>", "<tr>", "<td>"]),
        max_size=60,
    )
)
def test_no_list_item_is_lost_however_tags_are_mixed(tags):
    source = read("".join(f"{tag} (mục {number}) {ITEM}" for number, tag in enumerate(tags)) + f"<p>{ITEM}")
    assert all(f"(mục {number}) {ITEM}" in source.text for number in range(len(tags)))


def test_nine_tenths_of_the_characters_come_out():
    items = [f"{number}. {ITEM}" for number in range(300)]
    source = read("<ul>" + "".join(f"<li>{item}" for item in items) + "</ul>" + "".join(f"<p>{item}" for item in items))
    assert len(source.text) >= 0.9 * 2 * sum(map(len, items))


def test_links_are_kept_as_their_words_only():
    body = f"<base href='http://a.example/'><p>{ITEM} <a href='javascript:alert(1)'>Xem</a><img src='data:image/png,x'>"
    assert words(read(body)) == [f"{ITEM} Xem"]


@pytest.mark.parametrize("codec", ["windows-1258", "utf-16", "utf-8-sig"])
def test_a_page_in_any_encoding_is_read(codec):
    page = f"<html><head><meta charset={codec}></head><body><p>{ITEM * 2}</p></body></html>"
    data = to_windows_1258(page) if codec == "windows-1258" else page.encode(codec)
    assert unicodedata.normalize("NFC", read_bytes("a.html", data).text) == ITEM * 2


def test_cells_that_claim_more_rows_than_there_are_move_only_those_below():
    source = read("<table><tr><td rowspan=9>a<td>b<tr><td colspan=2>c<td>d<tr><td>e</table>")
    assert [(w, b.cell.row, b.cell.column) for b, w in zip(source.blocks, words(source), strict=True)] == [
        ("a", 0, 0), ("b", 0, 1), ("c", 1, 1), ("d", 1, 3), ("e", 2, 1),
    ]  # fmt: skip


def test_a_sentence_beside_the_main_part_is_kept_at_every_depth():
    body = "".join(f"<div><p>({depth}) {ITEM}" for depth in range(20))
    source = read(body + f"<p>{ITEM}" * 50)
    assert all(f"({depth}) {ITEM}" in source.text for depth in range(20))


def test_many_line_breaks_cost_no_more_than_many_lines():
    lines = [f"dòng thứ {number} của đoạn văn" for number in range(30_000)]
    source = read(f"<p>{'<br>'.join(lines)}")
    assert source.text.count("dòng thứ") == 30_000


def test_a_short_sentence_beside_the_main_part_is_kept_and_the_foot_of_the_page_is_not():
    foot = "Bản quyền thuộc về Cổng thông tin điện tử tỉnh; ghi rõ nguồn khi phát hành lại."
    main = f"<div>{f'<p>{ITEM}' * 20}</div>"
    assert words(read(f"<div><div>{main}</div><div>{foot}</div></div>")) == [ITEM] * 20
    own = "Phấn đấu 95% trẻ em được khám sức khỏe định kỳ hằng năm."
    assert own in words(read(f"<div><div>{own}</div>{main}</div>"))


def anchors(source):
    """Return what stands before the mark of each footnote, and the footnote."""
    notes = [b for b in source.blocks if b.kind == "footnote"]
    return [
        (source.text[: b.anchor].rsplit("\n", 1)[-1] if b.anchor is not None else None,
         source.text[b.span.start : b.span.end])
        for b in notes
    ]  # fmt: skip


MARK = "Toàn tỉnh có 100 xã{}, dân số tăng{} 2%."
WORD_NOTE = (
    '<div style="mso-element:footnote-list"><hr align=left><div style="mso-element:footnote" id=ftn{0}>'
    '<p class=MsoFootnoteText><a style="mso-footnote-id:ftn{0}" href="#_ftnref{0}" name="_ftn{0}">'
    "<span class=MsoFootnoteReference><![if !supportFootnotes]>[{0}]<![endif]></span></a> {1}</p></div></div>"
)
WORD_MARK = (
    '<a style="mso-footnote-id:ftn{0}" href="#_ftn{0}" name="_ftnref{0}"><span class=MsoFootnoteReference>'
    "<![if !supportFootnotes]><span>[{0}]</span><![endif]></span></a>"
)
WRITER_MARK = '<a class="sdfootnoteanc" name="sdfootnote{0}anc" href="#sdfootnote{0}sym"><sup>{0}</sup></a>'
WRITER_NOTE = '<div id="sdfootnote{0}"><p><a class="sdfootnotesym" href="#sdfootnote{0}anc">{0}</a>{1}</p></div>'
PANDOC_MARK = '<a href="#fn{0}" class="footnote-ref" id="fnref{0}"><sup>{0}</sup></a>'
PANDOC_NOTE = (
    '<section class="footnotes"><ol start={0}><li id="fn{0}"><p>{1}<a href="#fnref{0}">↩︎</a></p></li></ol></section>'
)


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        (WORD_MARK, WORD_NOTE),
        (WRITER_MARK, WRITER_NOTE),
        (PANDOC_MARK, PANDOC_NOTE),
        ("<sup>{0}</sup>", "<p><sup>{0}</sup> {1}</p>"),
        ("<sup>[{0}]</sup>", "<p>[{0}] {1}</p>"),
        ('<sup><a href="#_ftn{0}">[{0}]</a></sup>', '<p><a href="#_ftnref{0}" name="_ftn{0}">[{0}]</a> {1}</p>'),
    ],
)
def test_a_footnote_knows_where_its_mark_stood(mark, note):
    notes = note.format(1, "Theo Nghị quyết của Hội đồng.") + note.format(2, "So với năm 2020.")
    source = read(f"<p>{ITEM}</p><p>{MARK.format(mark.format(1), mark.format(2))}</p><p>{ITEM}</p>{notes}")
    assert words(source, "paragraph") == [ITEM, MARK.format("", ""), ITEM]
    assert anchors(source) == [
        ("Toàn tỉnh có 100 xã", "Theo Nghị quyết của Hội đồng."),
        ("Toàn tỉnh có 100 xã, dân số tăng", "So với năm 2020."),
    ]


def test_figures_that_begin_again_belong_to_the_mark_before_them():
    page = "<p>Một{0}.</p><p><sup>1</sup> Ghi chú a.</p><p>Hai{0}.</p><p><sup>1</sup> Ghi chú b.</p>"
    assert anchors(read(page.format("<sup>1</sup>"))) == [("Một", "Ghi chú a."), ("Hai", "Ghi chú b.")]


def test_a_note_behind_a_line_break_ends_the_sentence():
    source = read(f"<p>{ITEM} Dân số<sup>1</sup> tăng.<br><br><sup>1</sup> Theo báo cáo.</p>")
    assert words(source) == [f"{ITEM} Dân số tăng.", "Theo báo cáo."]
    assert anchors(source) == [(f"{ITEM} Dân số", "Theo báo cáo.")]


def test_a_figure_above_the_line_that_no_sentence_marked_is_kept():
    assert words(read(f"<p><sup>1</sup> {ITEM}</p><p>[2] {ITEM}</p>")) == [f"1 {ITEM}", f"[2] {ITEM}"]


def test_a_mark_behind_a_list_number_stands_where_it_stood():
    mark, note = "<sup><a href='#_ftn1'>1</a></sup>", "<div id=ftn1><p>Ghi chú.</p></div>"
    source = read(f"<ol><li>Rà soát{mark} hằng năm</li></ol>{note}")
    assert anchors(source) == [("1. Rà soát", "Ghi chú.")]


def test_a_note_in_a_cell_is_a_note():
    mark, note = "<sup>1</sup>", "<sup>1</sup> Lũy kế."
    source = read(f"<table><tr><td>Chỉ tiêu{mark}<td>95%<tr><td colspan=2>{note}</table>")
    assert anchors(source) == [("Chỉ tiêu", "Lũy kế.")]


def test_short_notes_beside_the_main_part_are_kept():
    mark, note = PANDOC_MARK.format(1), PANDOC_NOTE.format(1, "Số liệu sơ bộ.")
    source = read(f"<div><div>{f'<p>{ITEM}</p>' * 10}<p>Dân số{mark}.</p></div>{note}</div>")
    assert anchors(source) == [("Dân số", "Số liệu sơ bộ.")]


@pytest.mark.parametrize(
    "element",
    [
        "<span style='color:white'>{}</span>",
        "<span style='color: #FFFFFF; font-weight: bold'>{}</span>",
        "<font color=#ffffff>{}</font>",
        "<div style='color:rgb(255, 255, 255)'><b>{}</b></div>",
        "<span style='background:#fff;color:white'>{}</span>",
        "<span style='font-size:0'>{}</span>",
        "<span style='font-size: 0.1pt'>{}</span>",
        "<p style='visibility:hidden'>{}</p>",
        "<p style='position:absolute;left:-9999px'>{}</p>",
        "<span style='mso-hide:all'>{}</span>",
        "<div class='x' style='display:none'>{}</div>",
        "<div class=content><p class=MsoNormal style='color:white'>{}</p></div>",
    ],
)
def test_words_that_a_reader_of_the_page_cannot_see_are_left_out_and_said(element):
    source = read(f"<p>{ITEM}</p>{element.format('đạt 10%')}<p>{ITEM}</p>")
    assert words(source) == [ITEM, ITEM]
    assert [p.message for p in source.problems] == [
        "7 characters that the page hides were left out; they hold a number"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "element",
    [
        "<div style='background:#003366'><span style='color:white'>{}</span></div>",
        "<table bgcolor=navy><tr><td><font color=white>{}</font><td>x</table>",
        "<p><span class=label style='color:#fff'>{}</span></p>",
        "<div style='font-size:0'><span style='font-size:13px'>{}</span></div>",
        "<p style='font-size:0.9em'>{}</p>",
        "<p style='color:white'><span style='color:black'>{}</span></p>",
        "<p style='background-color:white'>{}</p>",
        "<p style='text-indent:-18px'>{}</p>",
    ],
)
def test_words_that_only_look_hidden_are_kept(element):
    source = read(f"<p>{ITEM}</p>{element.format('đạt 10%')}<p>{ITEM}</p>")
    assert "đạt 10%" in words(source)
    assert source.problems == ()


@pytest.mark.parametrize("tag", ["del", "s", "strike", "span style='text-decoration:line-through'"])
def test_what_is_struck_through_is_left_out_and_said(tag):
    source = read(f"<p>Phấn đấu <{tag}>80%</{tag.split()[0]}><ins>90%</ins> trẻ em; {ITEM}</p>")
    assert words(source) == [f"Phấn đấu 90% trẻ em; {ITEM}"]
    assert [problem.code for problem in source.problems] == ["struck-text"]


def test_comments_that_word_keeps_beside_the_text_are_out():
    source = read(
        f"<p>Rà soát<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>[A1]</a></span> {ITEM}</p>"
        "<div style='mso-element:comment-list'><div style='mso-element:comment'><p>Góp ý 50%</p></div></div>"
    )
    assert words(source) == [f"Rà soát {ITEM}"]
    assert source.problems == ()


@pytest.mark.parametrize(
    "split",
    [
        "V<span>ề</span> các c<b>ơ</b> ch<i>ế</i>, chính sách",
        "V<o:p></o:p>ề các c<font color=red>ơ</font> ch<wbr>ế, chính s<span></span>ách",
        "V<span style='mso-bookmark:a'>ề</span><a name=_a></a> các<span>&nbsp;</span>c<ins>ơ</ins> chế,\n  chính sách",
        "Về<!-- x --> các <![if !vml]>c<![endif]>ơ chế, <st1:place w:st=on>chính</st1:place> sách",
        "<span>Về<span> </span></span><span>các</span>\n<span>cơ chế, chính sách</span>",
    ],
)
def test_words_that_an_editor_cut_into_pieces_are_whole(split):
    from vnplan.text import clean_text

    assert (
        clean_text(read(f"<p>{split} phát triển; {ITEM}</p>")).clean
        == f"Về các cơ chế, chính sách phát triển; {ITEM}\n"
    )


@pytest.mark.parametrize(
    ("broken", "joined"),
    [
        ("Căn cứ Nghị định số 12/2025/NĐ-<br>CP của Chính phủ", "Căn cứ Nghị định số 12/2025/NĐ-CP của Chính phủ"),
        ("Thực hiện trong giai đoạn 2026-<br>2030", "Thực hiện trong giai đoạn 2026-2030"),
        ("phát triển kinh tế -<br>xã hội của cả tỉnh", "phát triển kinh tế - xã hội của cả tỉnh"),
        ("chính s&shy;ách phát t&#8203;riển", "chính sách phát triển"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_joins_and_a_soft_one_is_none(broken, joined):
    from vnplan.text import clean_text

    assert clean_text(read(f"<p>{broken}</p><p>{ITEM}</p>")).clean == f"{joined}\n{ITEM}\n"


@pytest.mark.parametrize("mark", ["·", "§", "o", "ü", "\uf0b7"])
def test_a_bullet_that_word_draws_with_a_font_of_symbols_is_a_bullet(mark):
    bullet = (
        "<![if !supportLists]><span style='font-family:Wingdings'><span style='mso-list:Ignore'>{}<span>&nbsp; </span>"
        "</span></span><![endif]>"
    )
    source = read(f"<p class=MsoListParagraph>{bullet.format(mark)}{ITEM}</p><p>{bullet.format('1.')}{ITEM}</p>")
    assert words(source)[0] == f"- {ITEM}"
    assert words(source)[1].startswith("1.")
