"""The subcommand ``vnplan agencies``."""

from __future__ import annotations

import json

import pytest

from vnplan import cli
from vnplan.cli import main

LABOUR = ["agencies", "Sở LĐTBXH", "--on", "2024-01-30", "--issuer", "UBND tỉnh Lạng Sơn"]


def test_text_names_successors_with_their_acts(capsys: pytest.CaptureFixture[str]):
    assert main(LABOUR) == cli.OK
    out = capsys.readouterr().out
    assert out.startswith("Sở Lao động - Thương binh và Xã hội tỉnh Lạng Sơn\n")
    assert "từ 01/03/2025: Sở Nội vụ tỉnh Lạng Sơn [45/2025/NĐ-CP]" in out
    assert "vào 30/01/2024: đang tồn tại" in out


def test_text_is_english_when_asked(capsys: pytest.CaptureFixture[str]):
    assert main(["agencies", "thị xã Mỹ Hào", "--on", "2026", "--lang", "en"]) == cli.OK
    out = capsys.readouterr().out
    assert "on 2026: not in being" in out and "no unit follows the district as a whole" in out
    assert "phường Dị Sử → phường Đường Hào, tỉnh Hưng Yên" in out


def test_json_holds_the_entries_and_the_acts(capsys: pytest.CaptureFixture[str]):
    assert main([*LABOUR, "--format", "json"]) == cli.OK
    record = json.loads(capsys.readouterr().out)
    assert record["query"] == "Sở LĐTBXH" and record["on"] == "2024-01-30"
    assert record["entries"][0]["successors"][0]["name"] == "Sở Nội vụ tỉnh Lạng Sơn"
    assert [act["number"] for act in record["acts"]] == ["45/2025/NĐ-CP"]


def test_a_name_of_many_units_is_cut_and_counted(capsys: pytest.CaptureFixture[str]):
    assert main(["agencies", "xã Tân Thành"]) == cli.OK
    assert "hãy nêu đơn vị cấp trên" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["Sở Lao dộng"], ["Sở Y tế", "--issuer", "UBND tỉnh Lạng Xơn"]])
def test_an_unknown_name_is_an_error_with_the_nearest_names(arguments, capsys: pytest.CaptureFixture[str]):
    assert main(["agencies", *arguments]) == cli.USAGE
    error = capsys.readouterr().err
    assert "unknown-name" in error and ("Sở Lao động - Thương binh và Xã hội" in error or "UBND" in error)


@pytest.mark.parametrize("day", ["30/01/2024", "2024-13", "24", "2024-01-30x", "2024-02-31", "0000"])
def test_a_day_that_is_none_is_a_wrong_argument(day: str, capsys: pytest.CaptureFixture[str]):
    assert main(["agencies", "Sở Y tế", "--on", day]) == cli.USAGE
    assert "is no date" in capsys.readouterr().err


def test_a_very_long_name_is_not_repeated_whole(capsys: pytest.CaptureFixture[str]):
    assert main(["agencies", "(" * 50_000]) == cli.USAGE
    assert len(capsys.readouterr().err) < 400
