"""Old encodings: which stretches of a document are in one is decided paragraph by paragraph and font by font."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnplan.limits import LIMITS
from vnplan.model import Source
from vnplan.read import read_bytes
from vnplan.read.build import Origin, SourceBuilder
from vnplan.read.encodings import Change, FontStretch, find_changes, move, rewrite
from vnplan.read.legacy import TCVN3, VNI, Encoding, convert, encoding_of_font, shows_capitals
from vnplan.read.vietnamese import is_syllable

TO_TCVN3 = {letter: chr(code) for code, letter in reversed(TCVN3.items()) if letter.islower()}
TO_VNI = {letter: old for old, letter in reversed(VNI.items())}
LINES = (
    "Phấn đấu 95% trẻ em được tiếp cận dịch vụ; người khuyết tật được trợ giúp kịp thời.",
    "Sở Y tế chủ trì, phối hợp với các sở, ban, ngành tổ chức thực hiện kế hoạch này.",
    "Có nhu cầu tư vấn",
    "Nơi nhận: các xã",
)


def old(text: str, encoding: Encoding) -> str:
    """Return a text as it looks when an old encoding is taken for Western European."""
    return "".join((TO_TCVN3 if encoding == "tcvn3" else TO_VNI).get(letter, letter) for letter in text)


def built(*blocks: tuple[str, str], **more: object) -> Source:
    """Return a source of paragraphs, each all in one font."""
    builder = SourceBuilder(Origin("a", b"", LIMITS))
    for words, font in blocks:
        builder.add(words, fonts=[FontStretch(0, len(words), font)] if font else (), **more)  # type: ignore[arg-type]
    return builder.build("text/html", "html")


def codes(source: Source) -> list[str]:
    return [problem.code for problem in source.problems]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        (".VnTime", "tcvn3"), (".VnTimeH", "tcvn3"), ("ABCDEF+.VnArial,Bold", "tcvn3"), ("VnTime", "tcvn3"),
        ("VNI-Times", "vni"), ("VNI Times", "vni"), ("XYZABC+VNI-Helve-Condense", "vni"),
        ("Times New Roman", None), ("VNTime", None), ("Vni", None), ("Vnitour", None), ("", None),
    ],
)  # fmt: skip
def test_the_name_of_a_font_means_an_encoding(name, encoding):
    assert encoding_of_font(name) == encoding


@pytest.mark.parametrize("name", [".VnTimeH", ".VnBook-AntiquaH", "ABCDEF+.VnTimeH,BoldItalic", ".VnArialH-Bold"])
def test_a_font_that_ends_in_h_shows_capitals(name):
    assert shows_capitals(name)


@pytest.mark.parametrize("name", [".VnTime", "VNI-TimesH", "GOTHICH", ".VnTime,Bold"])
def test_other_fonts_show_small_letters(name):
    assert not shows_capitals(name)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_pages_in_an_old_encoding_among_pages_in_unicode_are_converted(encoding):
    text = "\n".join([*LINES[:2], *(old(line, encoding) for line in LINES), *LINES])
    source = read_bytes("a.txt", text.encode())
    assert source.text == "\n".join([*LINES[:2], *LINES, *LINES])
    assert codes(source) == [f"converted:{encoding}"]


def test_both_old_encodings_may_stand_in_one_file():
    text = "\n".join([*(old(line, "vni") for line in LINES), *LINES, *(old(line, "tcvn3") for line in LINES)])
    source = read_bytes("a.txt", text.encode())
    assert source.text == "\n".join(LINES * 3)
    assert codes(source) == ["converted:tcvn3", "converted:vni"]


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_lines_of_bytes_in_two_encodings_are_read(encoding):
    data = "\n".join(old(line, encoding) for line in LINES).encode("latin-1") + b"\n" + "\n".join(LINES).encode()
    source = read_bytes("a.txt", data)
    assert source.text == "\n".join(LINES * 2)
    assert codes(source) == [f"converted:{encoding}"]


def test_a_short_paragraph_is_taken_as_the_ones_around_it():
    tcvn3 = [old(line, "tcvn3") for line in LINES[:2]]
    assert old("Có", "tcvn3") == "Cã"
    assert find_changes([*tcvn3, "Cã"], {})[2] == [Change(0, 2, "tcvn3")]
    assert 0 in find_changes(["Cã", *tcvn3], {})
    assert find_changes([LINES[0], "Có", LINES[1]], {}) == {}
    assert 2 not in find_changes([*tcvn3[:1], LINES[0], "Có", LINES[1]], {})


def test_unicode_in_fonts_with_old_names_is_left_as_it_is():
    source = built((LINES[0], ".VnTime"), ("Có", ".VnTime"), ("5 m²", ".VnTime"), ("Kế hoạch", ".VnTimeH"))
    assert source.text.split("\n") == [LINES[0], "Có", "5 m²", "Kế hoạch"]
    assert codes(source) == []


def test_a_font_decides_where_the_letters_do_not():
    assert built(("Cã", ".VnTime")).text == "Có"
    assert built(("Cã", "")).text == "Cã"


def test_capital_fonts_make_capitals_also_of_plain_letters():
    source = built(("kÕ ho¹ch", ".VnTimeH"), ("uy ban", ".VnTimeH"), ("uy ban", ".VnTime"))
    assert source.text.split("\n") == ["KẾ HOẠCH", "UY BAN", "uy ban"]
    assert source.problems[0].message == "1 of 3 paragraphs were converted from tcvn3"


@pytest.mark.parametrize(
    "text",
    ["Café à la carte, où êtes-vous?", "El año pasado, niños y señores", "Müller & Söhne, Straße 5", "§ 12 ±5 µm"],
)
def test_other_languages_are_no_old_encoding(text):
    assert find_changes([text] * 5, {}) == {}
    assert find_changes([LINES[0], text, LINES[1]], {}) == {}


def test_places_move_with_the_letters_that_become_fewer():
    builder = SourceBuilder(Origin("a", b"", LIMITS))
    words, note = old("Phấn đấu 95% trẻ em được tiếp cận", "vni"), old("Theo báo cáo của tỉnh", "vni")
    figure, child = words.index("95%"), words.index("treû")
    builder.add(words, bold=figure, doubtful=[(figure, figure + 3), (child, child + 4)])
    builder.add(note, "footnote", anchor=figure + 3)
    source = builder.build("text/html", "html")
    assert source.text == "Phấn đấu 95% trẻ em được tiếp cận\nTheo báo cáo của tỉnh"
    assert source.text[: source.blocks[0].bold] == "Phấn đấu "
    assert [source.text[span.start : span.end] for span in source.doubtful] == ["95%", "trẻ"]
    assert source.text[: source.blocks[1].anchor] == "Phấn đấu 95%"


def test_runs_of_one_paragraph_are_converted_each_by_its_font():
    fonts = {0: [FontStretch(0, 9, ".VnTimeH"), FontStretch(9, 20, "VNI-Times")]}
    text = "KÕ ho¹ch Keá hoaïch Kế hoạch"
    assert rewrite(text, find_changes([text], fonts)[0]) == "KẾ HOẠCH Kế hoạch Kế hoạch"


@given(st.lists(st.sampled_from(LINES), min_size=2, max_size=8), st.sampled_from(["tcvn3", "vni"]))
def test_what_was_written_in_an_old_encoding_is_what_is_read(lines, encoding):
    assert convert(old("\n".join(lines), encoding), encoding) == "\n".join(lines)


@given(st.lists(st.text(alphabet="aAoOeuö¹¸®ùøïâñÑ ­¬ế1.", max_size=30), max_size=6), st.data())
def test_places_stay_in_order_and_inside(texts, data):
    fonts = {
        block: [FontStretch(*sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2))), font)]
        for block, text in enumerate(texts)
        if (font := data.draw(st.sampled_from(["", ".VnTimeH", "VNI-Times"])))
    }
    changes = find_changes(texts, fonts)
    for block, text in enumerate(texts):
        own = changes.get(block, [])
        places = [move(text, own, place) for place in range(len(text) + 1)]
        assert places == sorted(places)
        assert (places[0], places[-1]) == (0, len(rewrite(text, own)))


@pytest.mark.parametrize(
    "word", ["quyết", "giếng", "gì", "nghiêng", "khuya", "thuở", "uỷ", "ủy", "hòa", "hoà", "xoong"]
)
def test_a_syllable_is_one(word):
    assert all(map(is_syllable, (word, unicodedata.normalize("NFD", word), word.upper())))


@pytest.mark.parametrize("word", ["qd", "nđ", "treỷ", "soỏ", "caọp", "keõ", "tầếp", "hạchh", "nghiềngg", "a" * 100])
def test_what_is_no_syllable_is_none(word):
    assert not is_syllable(word)


def test_real_documents_in_unicode_are_not_converted(shared):
    with (shared / "real" / "portal_half.jsonl").open(encoding="utf-8") as file:
        for line, _ in zip(file, range(150), strict=False):
            texts = [
                part for value in json.loads(line).values() if isinstance(value, str) for part in value.split("\n")
            ]
            assert find_changes(texts, {}) == {}
