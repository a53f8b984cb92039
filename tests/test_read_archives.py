"""Containers: what they hold is found, and what is hostile in them harms nothing else."""

from __future__ import annotations

import gzip
import os
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from poison import archives, word

from vnplan.errors import ReadError
from vnplan.limits import LIMITS, Limits
from vnplan.read import read_bytes, read_source
from vnplan.read.archives import _PagePart, open_container
from vnplan.read.build import Origin

PLAN, PAGE = archives.plan(), archives.page()
URL = "https://portal.example/van-ban/"


def contents(data: bytes, name: str = "portal.zip", limits: Limits = LIMITS) -> dict[str, bytes | str]:
    """Return the bytes of each member, or the code of its failure."""
    container = open_container(Origin(name, data, limits))
    assert container is not None
    found: dict[str, bytes | str] = {}
    for member in container.members:
        try:
            found[member.name] = container.load(member)
        except ReadError as error:
            assert member.name in error.message
            found[member.name] = error.code
    return found


def fails(data: bytes, name: str = "portal.zip", limits: Limits = LIMITS) -> str:
    with pytest.raises(ReadError) as caught:
        contents(data, name, limits)
    return caught.value.code


# Zip archives


def test_each_document_of_an_archive_is_a_member_with_its_path_as_name():
    parts = {"kế hoạch/kh-12.txt": PLAN, "b.docx": word.word(word.paragraph("Kế hoạch")), "style.css": b"p {}"}
    assert list(contents(archives.pack(parts))) == ["kế hoạch/kh-12.txt", "b.docx"]


def test_names_that_are_utf_8_without_saying_so_are_read_as_that():
    data = archives.pack({"kế-hoạch.txt": PLAN})
    assert list(contents(archives.without_flags(data))) == ["kế-hoạch.txt"]
    assert archives.without_flags(data) != data


def test_the_same_name_twice_is_two_members():
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = archives.pack([("a.txt", PLAN), ("a.txt", archives.plan(13))])
    assert contents(data) == {"a.txt": PLAN, "a.txt (2)": archives.plan(13)}


def test_a_member_without_suffix_is_known_by_its_first_bytes():
    parts = {"tai-ve": b"%PDF-1.7", "download.aspx": PAGE, "LICENSE": b"MIT", "anh.png": b"\x89PNG"}
    assert list(contents(archives.pack(parts))) == ["tai-ve", "download.aspx"]


def test_what_is_passed_over_is_said():
    container = open_container(Origin("a.zip", archives.pack({"a.txt": PLAN, "b.png": b"x", "c": b"x"}), LIMITS))
    assert container is not None
    assert container.notes == ["2 other files passed over (.png without suffix)"]


def test_what_systems_leave_behind_is_passed_over():
    parts = {"a.txt": PLAN, "__MACOSX/._a.txt": b"x", "~$b.docx": b"x", ".ds/.a.txt": b"x"}
    assert list(contents(archives.pack(parts))) == ["a.txt"]


def test_parts_of_a_saved_page_are_passed_over_and_its_attachments_are_not():
    names = ["kh.html", "kh_files/saved.html", "kh_files/a/b.htm", "kh_files/pl.txt.pdf", "other_files/a.html"]
    parts = dict.fromkeys(names, PAGE)
    assert list(contents(archives.pack(parts))) == ["kh.html", "kh_files/pl.txt.pdf", "other_files/a.html"]


def test_of_the_folders_in_a_name_only_so_many_are_looked_at():
    class Counted(dict[str, str]):
        asked = 0

        def get(self, key: str, default: object = None) -> None:
            self.asked += 1

    folders = Counted(a_files="a.html")
    assert not _PagePart(folders, lambda page: b"").holds("a/" * 30_000 + "b.html")
    assert folders.asked <= 500


def test_a_page_of_frames_keeps_the_pages_of_its_frames():
    parts = {"kh.html": b"<html><frameset><frame src=kh_files/a.html></frameset></html>", "kh_files/a.html": PAGE}
    assert list(contents(archives.pack(parts))) == ["kh.html", "kh_files/a.html"]


@pytest.mark.parametrize("change", [archives.locked, archives.corrupt])
def test_one_bad_member_leaves_the_others(change):
    data = change(archives.pack({"a.txt": PLAN, "b.txt": archives.plan(13), "c.txt": archives.plan(14)}), "b.txt")
    found = contents(data)
    assert found["a.txt"] == PLAN and found["c.txt"] == archives.plan(14)
    assert found["b.txt"] == ("encrypted" if change is archives.locked else "damaged")


@pytest.mark.parametrize("size", [10, 4_000_000_000])
def test_a_size_that_lies_fails(size):
    data = archives.lying(archives.pack({"a.txt": PLAN, "b.txt": PLAN}), "a.txt", size)
    assert contents(data) == {"a.txt": "damaged" if size == 10 else "too-big-inside", "b.txt": PLAN}


def test_a_bomb_fails_and_the_others_are_read():
    data = archives.pack({"a.txt": bytes(60_000_000), "b.txt": PLAN})
    assert len(data) < 100_000
    assert contents(data) == {"a.txt": "too-big-inside", "b.txt": PLAN}


def test_what_goes_beyond_the_total_fails_and_what_came_before_is_read():
    limits = Limits(archive_bytes=2 * len(PLAN))
    data = archives.pack({"a.txt": PLAN, "b.txt": PLAN, "c.txt": PLAN})
    assert contents(data, limits=limits) == {"a.txt": PLAN, "b.txt": PLAN, "c.txt": "too-big-inside"}


def test_far_too_many_members_fail():
    assert fails(archives.many()) == "too-many-parts"


def test_a_directory_of_millions_is_not_even_read(monkeypatch):
    monkeypatch.setattr("zipfile.ZipFile", None)
    assert fails(b"PK\x03\x04" + b"PK\x01\x02" * 300_000) == "too-many-parts"


@pytest.mark.parametrize("name", ["a.zip", "a.rar", "a.warc.gz", "a.7z", "no-suffix"])
def test_an_archive_in_an_archive_is_said_and_not_opened(name):
    inner = {"a.warc.gz": archives.zipped(archives.answer(URL, PAGE)), "no-suffix": b"Rar!\x1a\x07"}
    data = archives.pack({name: inner.get(name, archives.pack({"kh.txt": PLAN})), "b.txt": PLAN})
    assert contents(data) == {name: "unsupported", "b.txt": PLAN}


def test_an_archive_that_calls_itself_a_document_is_not_opened_inside_another():
    inner = archives.pack({"kh.txt": PLAN})
    with pytest.raises(ReadError) as caught:
        read_bytes("portal.zip!/kh.docx", inner, depth=1)
    assert (caught.value.code, "never opened" in caught.value.message) == ("unsupported", True)


def test_a_bzip2_member_is_refused_because_it_inflates_without_bound():
    import zipfile

    assert contents(archives.pack({"a.txt": PLAN}, zipfile.ZIP_BZIP2)) == {"a.txt": "unsupported"}


def test_a_link_is_no_document():
    assert contents(archives.link("a.txt", "/etc/passwd")) == {"a.txt": "not-a-file", "kh-12.txt": PLAN}


def test_names_that_lead_elsewhere_are_only_names(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = ["../slip.txt", "/etc/abs.txt", "..\\win.txt", "a/../../b.txt", "C:\\c.txt", "kh\x1b[2J\u202e.txt"]
    assert list(contents(archives.pack(dict.fromkeys(names, PLAN)))) == names
    assert list(tmp_path.rglob("*")) == [] and not os.path.exists("/etc/abs.txt")


@pytest.mark.parametrize("cut", [30, 100, -10])
def test_an_archive_that_is_cut_off_fails(cut):
    assert fails(archives.pack({"a.txt": PLAN})[:cut]) == "damaged"


@given(st.binary(max_size=60), st.integers(0, 400))
def test_any_damage_to_an_archive_is_a_failure_and_no_crash(noise: bytes, at: int):
    data = archives.pack({"a.txt": PLAN, "b/c.html": PAGE})
    data = data[:at] + noise + data[at + len(noise) :]
    try:
        container = open_container(Origin("a.zip", data, LIMITS))
        for member in container.members if container else ():
            container.load(member)  # type: ignore[union-attr]
    except ReadError:
        pass


# One document in a container, and several


def test_a_container_of_one_document_is_read_as_that_document(tmp_path: Path):
    (tmp_path / "a.zip").write_bytes(archives.pack({"kh/a.txt": PLAN, "b.png": b"x"}))
    source = read_source(tmp_path / "a.zip")
    assert (source.name, "Sở Y tế" in source.text) == ("a.zip!/kh/a.txt", True)


def test_a_container_of_several_says_how_many_and_what_to_do(tmp_path: Path):
    (tmp_path / "a.zip").write_bytes(archives.pack({"a.txt": PLAN, "b.txt": PLAN}))
    with pytest.raises(ReadError) as caught:
        read_source(tmp_path / "a.zip")
    assert caught.value.code == "container"
    assert "2 documents" in caught.value.message and "find_sources" in caught.value.message


def test_a_container_may_be_larger_than_a_document(tmp_path: Path):
    parts = {"a.txt": PLAN, "b.png": bytes(range(256)) * 40}
    (tmp_path / "a.zip").write_bytes(archives.pack(parts, 0))
    limits = Limits(file_bytes=5_000)
    assert "Sở Y tế" in read_source(tmp_path / "a.zip", limits=limits).text
    with pytest.raises(ReadError, match="larger than 5,000 bytes"):
        read_bytes("a.docx", word.word(word.paragraph("Kế hoạch")) + bytes(6_000), limits=limits)


# Web archives


@pytest.mark.parametrize("pack", [lambda *r: b"".join(r), archives.zipped, lambda *r: gzip.compress(b"".join(r))])
def test_answers_and_resources_are_members_under_their_addresses(pack):
    data = pack(
        archives.record("warcinfo", "", b"software: x\r\n"),
        archives.record("request", URL, b"GET / HTTP/1.1\r\n\r\n"),
        archives.answer(URL + "12", PAGE),
        archives.answer(URL + "style", b"p {}", "text/css"),
        archives.answer(URL + "13", b"", status="404 Not Found"),
        archives.answer(URL + "tai-ve?id=5", b"%PDF-1.7", "application/octet-stream"),
        archives.record("resource", "file:///kh.txt", PLAN, Content_Type="text/plain"),
    )
    assert contents(data, "crawl.warc") == {
        URL + "12": PAGE,
        URL + "tai-ve?id=5": b"%PDF-1.7",
        "file:///kh.txt": PLAN,
    }


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="kh-12.txt"', "kh-12.txt"),
        ("attachment; filename*=UTF-8''k%E1%BA%BF.txt", "kế.txt"),
        ('attachment; filename="..\\..\\x/kh-12.txt"', "kh-12.txt"),
    ],
)
def test_the_name_that_a_server_proposes_stands_behind_the_address(disposition, name):
    data = archives.answer(URL + "5", PLAN, "application/octet-stream", Content_Disposition=disposition)
    assert list(contents(data, "a.warc")) == [f"{URL}5#{name}"]


@pytest.mark.parametrize("encoding", ["", "gzip", "deflate", "raw deflate"])
@pytest.mark.parametrize("in_chunks", [True, False])
def test_what_the_transfer_encoded_is_decoded(encoding, in_chunks):
    body, headers = PAGE, {}
    if encoding:
        headers["Content_Encoding"] = encoding.split()[-1]
        body = {"gzip": gzip.compress, "deflate": zlib.compress}.get(encoding, lambda b: zlib.compress(b)[2:-4])(body)
    if in_chunks:
        body, headers = archives.chunked(body), {**headers, "Transfer_Encoding": "chunked"}
    assert contents(archives.answer(URL, body, **headers), "a.warc") == {URL: PAGE}


@pytest.mark.parametrize("headers", [{"Content_Encoding": "gzip"}, {"Transfer_Encoding": "chunked"}])
def test_a_header_that_outlived_its_encoding_is_passed_over(headers):
    assert contents(archives.answer(URL, PAGE, **headers), "a.warc") == {URL: PAGE}


@pytest.mark.parametrize("in_chunks", [True, False])
def test_an_answer_that_inflates_without_end_fails_within_the_bounds(in_chunks):
    import tracemalloc

    body = archives.bomb(120)
    headers = {"Content_Encoding": "gzip"}
    if in_chunks:
        body, headers = archives.chunked(body, len(body)), {**headers, "Transfer_Encoding": "chunked"}
    data = archives.answer(URL, body, **headers) + archives.answer(URL + "2", PAGE)
    tracemalloc.start()
    assert contents(data, "a.warc") == {URL: "too-big-inside", URL + "2": PAGE}
    assert tracemalloc.get_traced_memory()[1] < 3 * LIMITS.member_bytes
    tracemalloc.stop()


def test_an_archive_that_unpacks_to_more_than_the_limit_is_read_up_to_it():
    data = archives.zipped(archives.answer(URL, PAGE), archives.answer(URL + "2", bytes(50_000)))
    found = contents(data, "a.warc.gz", Limits(archive_bytes=20_000))
    assert list(found.values()) == [PAGE, "too-big-inside"]


@pytest.mark.parametrize("pack", [lambda *r: b"".join(r), archives.zipped])
@pytest.mark.parametrize("length", [3, 400, 1_000_000_000, 10**40])
def test_a_record_that_lies_about_its_length_does_not_take_the_next_with_it(pack, length):
    data = pack(
        archives.answer(URL + "1", PAGE),
        archives.record("response", URL + "2", archives.http(PAGE), length=length),
        archives.answer(URL + "3", PAGE),
    )
    assert contents(data, "a.warc") == {URL + "1": PAGE, URL + "2": "damaged", URL + "3": PAGE}


@pytest.mark.parametrize("pack", [lambda *r: b"".join(r), archives.zipped])
def test_an_archive_that_is_cut_off_keeps_what_is_whole(pack):
    data = pack(archives.answer(URL + "1", PAGE), archives.answer(URL + "2", PAGE))
    found = contents(data[:-120], "a.warc")
    assert found.pop(URL + "1") == PAGE
    assert list(found.values()) == ["damaged"]


@pytest.mark.parametrize("pack", [lambda *r: b"".join(r), archives.zipped])
@pytest.mark.parametrize("left", [7, 10, 40, 150])
def test_an_archive_that_is_cut_off_in_the_head_of_a_record_says_so(pack, left):
    data = pack(archives.answer(URL + "1", PAGE), archives.answer(URL + "2", PAGE)[:left])
    assert list(contents(data, "a.warc").values()) == [PAGE, "damaged"]


def test_damage_inside_a_compressed_record_fails_that_record_only():
    first, second, third = (gzip.compress(archives.answer(URL + str(n), PAGE)) for n in (1, 2, 3))
    broken = second[:60] + b"\xff" * 20 + second[80:]
    found = contents(first + broken + third, "a.warc.gz")
    assert (found.pop(URL + "1"), found.pop(URL + "3")) == (PAGE, PAGE)
    assert list(found.values()) == ["damaged"]


def test_bytes_between_compressed_records_are_said():
    first, second, third = (gzip.compress(archives.answer(URL + str(n), PAGE)) for n in (1, 2, 3))
    found = contents(first + b"\0\0\0" + second[3:] + third, "a.warc.gz")
    assert list(found.values()) == [PAGE, "damaged", PAGE]


@pytest.mark.parametrize(
    "block",
    [
        archives.http(PAGE, Content_Length="99999"),
        archives.http(gzip.compress(PAGE)[:-20], Content_Encoding="gzip"),
        archives.http(archives.chunked(PAGE)[:-60], Transfer_Encoding="chunked"),
        b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 20_000,
        b"\xff\xfe nonsense",
    ],
)
def test_an_answer_that_breaks_off_or_is_none_fails(block):
    data = archives.record("response", URL, block) + archives.answer(URL + "2", PAGE)
    assert contents(data, "a.warc") == {URL: "damaged", URL + "2": PAGE}


@pytest.mark.parametrize("header", ["WARC_Truncated", "WARC_Segment_Number"])
def test_what_the_crawler_cut_is_damaged(header):
    data = archives.record("response", URL, archives.http(PAGE), **{header: "1"})
    assert contents(data, "a.warc") == {URL: "damaged"}


def test_the_same_answer_again_and_a_revisit_are_read_once():
    data = archives.answer(URL, PAGE) * 2 + archives.record("revisit", URL, b"HTTP/1.1 200 OK\r\n\r\n")
    container = open_container(Origin("a.warc", data, LIMITS))
    assert container is not None
    assert [member.name for member in container.members] == [URL]
    assert container.notes == [f"{URL}: same bytes as before; read once"] * 2


def test_a_revisit_of_what_is_elsewhere_is_a_failure():
    data = archives.answer(URL, PAGE) + archives.record("revisit", URL + "2", b"HTTP/1.1 200 OK\r\n\r\n")
    assert contents(data, "a.warc") == {URL: PAGE, URL + "2": "empty"}


def test_other_bytes_under_the_same_address_are_two_members():
    data = archives.answer(URL, PAGE) + archives.answer(URL, archives.page(13))
    assert contents(data, "a.warc") == {URL: PAGE, f"{URL} (2)": archives.page(13)}


def test_the_charset_of_the_transfer_counts_only_where_the_bytes_do_not_tell():
    from poison.pages import to_windows_1258

    words = "Kế hoạch thực hiện nhiệm vụ của Sở Y tế"
    old = to_windows_1258(f"<html><body><p>{words}</p></body></html>")
    container = open_container(Origin("a.warc", archives.answer(URL, old, "text/html; charset=Windows-1258"), LIMITS))
    assert container is not None and container.members[0].charset == "windows-1258"
    source = read_bytes("a.html", PAGE.replace(b"<meta charset=utf-8>", b""), charset="iso-8859-1")
    assert "Sở Y tế" in source.text and [problem.code for problem in source.problems] == ["charset"]


def test_too_many_answers_are_said_and_the_first_are_read():
    data = b"".join(archives.answer(f"{URL}{n}", archives.page(n)) for n in range(5))
    assert list(contents(data, "a.warc", Limits(members=3)).values())[2:] == [archives.page(2), "too-many-parts"]


def test_as_many_answers_as_there_may_be_are_not_too_many():
    data = b"".join(archives.answer(f"{URL}{n}", archives.page(n)) for n in range(3)) + archives.record(
        "request", URL, b""
    )
    assert list(contents(data, "a.warc", Limits(members=3)).values()) == [archives.page(n) for n in range(3)]


@pytest.mark.parametrize(
    ("one", "most"),
    [
        (b"WARC/1.0\n", 4),
        (archives.record("metadata", URL, b""), 1),
        (archives.zipped(archives.record("metadata", URL, b"")), 1),
        (archives.zipped(b"WARC/1.0\r\n\r\n")[:-14], 15),
    ],
)
def test_of_records_that_hold_nothing_only_so_many_are_looked_at(one, most):
    found = list(contents(one * 1_000, "a.warc.gz", Limits(members=3)).values())
    assert len(found) <= most
    assert found[-1] in ("too-many-parts", "damaged")


def test_what_answers_unpack_to_is_bounded_for_all_of_them_together():
    data = b"".join(archives.answer(f"{URL}{n}", gzip.compress(PAGE), Content_Encoding="gzip") for n in range(4))
    found = list(contents(data, "a.warc", Limits(archive_bytes=2 * len(PAGE))).values())
    assert found == [PAGE, PAGE, PAGE, "too-big-inside"]


def test_of_many_places_that_look_like_records_only_so_many_are_tried(monkeypatch):
    data = archives.zipped(archives.answer(URL, PAGE)) + b"\x1f\x8b\x08" * 2_000_000
    tried: list[int] = []
    unpack = zlib.decompressobj
    monkeypatch.setattr(zlib, "decompressobj", lambda bits: tried.append(bits) or unpack(bits))
    assert list(contents(data, "a.warc.gz").values()) == [PAGE, "damaged"]
    assert len(tried) < 6 * LIMITS.members
    lies = archives.record("response", URL, b"", length=3_000_000) * 3_000
    assert set(contents(lies + b"x" * 5_000_000, "a.warc").values()) == {"damaged", "too-many-parts"}


@given(st.binary(max_size=40), st.integers(0, 900), st.booleans())
def test_any_damage_to_a_web_archive_is_a_failure_and_no_crash(noise: bytes, at: int, packed: bool):
    records = (
        archives.answer(URL, PAGE),
        archives.answer(URL + "2", archives.chunked(PAGE), Transfer_Encoding="chunked"),
    )
    data = archives.zipped(*records) if packed else b"".join(records)
    data = data[:5] + data[5:at] + noise + data[max(at, 5) + len(noise) :]
    try:
        container = open_container(Origin("a.warc", data, LIMITS))
    except ReadError:
        return
    for member in container.members if container else ():
        try:
            container.load(member)  # type: ignore[union-attr]
        except ReadError as error:
            assert member.name in error.message


# Pages saved in one file


def test_a_saved_page_is_its_first_page_and_the_documents_beside_it():
    data = archives.mhtml(
        ("text/html", URL + "12", PAGE),
        ("text/css", "cid:css", b"p {}"),
        ("image/png", URL + "a.png", b"\x89PNG"),
        ("text/html", "cid:frame", PAGE),
        ("application/pdf", URL + "pl.pdf", b"%PDF-1.7"),
        ("application/zip", URL + "pl.zip", archives.pack({"a.txt": PLAN})),
    )
    assert contents(data, "a.mht") == {
        URL + "12": PAGE,
        URL + "pl.pdf": b"%PDF-1.7",
        URL + "pl.zip": "unsupported",
    }


def test_a_saved_page_is_read_under_any_name(tmp_path: Path):
    data = archives.mhtml(("text/html; charset=utf-8", URL + "12", PAGE), ("text/css", "cid:css", b"p {}"))
    for name in ("a.mht", "a.doc", "a.html"):
        (tmp_path / name).write_bytes(data)
        source = read_source(tmp_path / name)
        assert (source.name, source.media_type) == (f"{name}!/{URL}12", "text/html")
    assert "Sở Y tế" in read_bytes("portal.zip!/a.mht", data, depth=1).text


def test_a_saved_page_of_frames_keeps_its_frames():
    frames = b"<html><frameset><frame src=cid:a></frameset></html>"
    assert len(contents(archives.mhtml(("text/html", URL, frames), ("text/html", "cid:a", PAGE)), "a.mht")) == 2


def test_a_saved_page_that_breaks_off_fails_in_its_last_part_only():
    parts = ("text/html", URL + "12", PAGE), ("application/pdf", URL + "a.pdf", b"%PDF-1.7" * 200)
    data = archives.mhtml(*parts, close=False)[:-400]
    assert contents(data, "a.mht") == {URL + "12": PAGE, URL + "a.pdf": "damaged"}


@pytest.mark.parametrize(("depth", "codes"), [(5, {"page.html"}), (60, {"too-deep"}), (5_000, {"too-deep"})])
def test_parts_within_parts_are_read_or_fail(depth, codes):
    data = archives.deep_mail(depth)
    if depth > 50:
        assert {fails(data, "a.mht")} == codes
    else:
        assert set(contents(data, "a.mht")) == codes


@pytest.mark.parametrize("header", ["Content-Type: text/html", "Content-Disposition: inline"])
def test_parameters_without_end_fail(header):
    words = f"MIME-Version: 1.0\r\nContent-Type: text/html\r\n{header}{';a=b' * 5_000}\r\n\r\n"
    assert fails(words.encode() + PAGE, "a.mht") == "damaged"


def test_a_mail_to_very_many_is_read():
    head = f"MIME-Version: 1.0\r\nTo: {'so-y-te@tinh.example, ' * 600}\r\nContent-Type: text/html\r\n\r\n"
    assert list(contents(head.encode() + PAGE, "a.mht").values()) == [PAGE]


def test_a_saved_page_of_too_many_parts_fails():
    assert fails(archives.mhtml(*[("text/html", "a", b"x")] * 2_100), "a.mht") == "too-many-parts"
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n'
    assert fails(head + b"\r\n--b" * 1_000_000, "a.mht") == "too-many-parts"


def test_a_mail_without_a_document_is_the_wrong_type():
    with pytest.raises(ReadError) as caught:
        read_bytes("a.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related")
    assert caught.value.code == "wrong-type"


def test_saved_pages_in_saved_pages_end():
    data = PAGE
    for _ in range(6):
        data = archives.mhtml(("application/octet-stream", "a.mht", data)) if data is not PAGE else archives.mhtml(
            ("text/html", URL, data)
        )  # fmt: skip
    with pytest.raises(ReadError) as caught:
        read_bytes("a.mht", data)
    assert caught.value.code == "unsupported"
