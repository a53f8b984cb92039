"""The documentation cannot drift: what it shows is run, and what exists is in it."""

from __future__ import annotations

import argparse
import doctest
import inspect
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import vnplan
from vnplan import cli, errors, model
from vnplan.report.words import BY, FINDINGS

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}
EVERYTHING = "\n".join(TEXTS.values())
_BLOCK = re.compile(r"^```([a-z]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]{1,200})\)")
_CODES = re.compile(r"`([^`\n]{1,80})`")


def blocks(language: str) -> list[tuple[str, str]]:
    return [(page, found[2]) for page, text in TEXTS.items() for found in _BLOCK.finditer(text) if found[1] == language]


def commands() -> list[str]:
    """Return the lines of the shell blocks that call vnplan; what is piped elsewhere is cut off."""
    lines = [line.strip() for _, block in blocks("sh") for line in block.splitlines()]
    assert all(line.startswith(("vnplan ", "make ", "pip ", "python ", "#")) for line in lines if line)
    return sorted({re.split(r" [|>] |#", line)[0].strip() for line in lines if line.startswith("vnplan ")})


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a copy of the corpus, in which examples may write."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    return folder


@pytest.mark.parametrize("page", sorted({page for page, _ in blocks("python")}))
def test_python_examples_run_and_print_what_the_page_says(page: str, copy: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(copy)
    names: dict[str, object] = {}  # what one block of a page defines, the next may use
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS, verbose=False)
    for block in (block for other, block in blocks("python") if other == page):
        if ">>>" not in block:
            exec(compile(block, page, "exec"), names)
            continue
        test = doctest.DocTestParser().get_doctest(block, {}, page, page, 0)
        test.globs = names
        runner.run(test, out=report.append, clear_globs=False)
    assert runner.failures == 0, "".join(report)


@pytest.mark.parametrize("line", commands())
def test_commands_of_the_pages_run(line: str, copy: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.chdir(copy)
    code = cli.main(shlex.split(line)[1:])
    output = capsys.readouterr()
    assert code == (cli.FINDINGS if "--fail-on" in line else cli.OK), output.err
    assert output.out.strip()


def test_the_readme_begins_with_the_two_commands():
    first = next(_BLOCK.finditer(TEXTS["README.md"]))
    assert [line.split("#")[0].strip() for line in first[2].splitlines()] == ["make audit", "make check"]


@pytest.mark.parametrize("name", vnplan.__all__)
def test_every_public_name_is_in_the_pages(name: str):
    pages = TEXTS["README.md"] + "".join(text for page, text in TEXTS.items() if page.startswith("docs/"))
    assert re.search(rf"(?<!\w){re.escape(name)}(?!\w)", pages)


def options() -> Iterator[str]:
    """Yield each option of each command, and the names of the commands."""
    for action in cli.build_parser()._actions:
        yield from (option for option in action.option_strings if option.startswith("--"))
        if isinstance(action, argparse._SubParsersAction):
            for name, parser in action.choices.items():
                yield f"vnplan {name}"
                yield from (o for inner in parser._actions for o in inner.option_strings if o.startswith("--"))


@pytest.mark.parametrize("option", sorted(set(options()) - {"--help"}))
def test_every_option_of_the_command_is_in_the_pages(option: str):
    assert re.search(rf"{re.escape(option)}(?![\w-])", EVERYTHING)


def test_every_public_class_of_the_model_is_in_the_glossary():
    rows = [line.split("|")[1:-1] for line in TEXTS["GLOSSARY.md"].splitlines() if line.startswith("|")]
    named = {name for row in rows if len(row) == 4 for name in _CODES.findall(row[3])}
    own = [value for value in vars(model).values() if inspect.isclass(value) and value.__module__ == model.__name__]
    classes = {value.__name__ for value in own}
    assert len(classes) > 15
    assert classes - named == set()
    assert named - classes <= set(vnplan.__all__)


def test_every_failure_code_is_explained_and_no_other():
    table = TEXTS["docs/failure-codes.md"].split("## Problems")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {code for row in rows for code in _CODES.findall(row)} == set(errors.FAILURE_CODES)


def test_every_problem_code_is_explained():
    table = TEXTS["docs/failure-codes.md"].split("## Problems")[1]
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "vnplan").rglob("*.py"))
    codes = set(re.findall(r"(?:Problem|add_problem)\(\s*f?\"([a-z-]{2,30}:?)[^ ]", source))
    assert len(codes) > 5
    for code in codes:
        assert re.search(rf"`{code}(?:`|…|N)", table), code


VALUES = (model.Kind, model.Level, model.Role, model.Relation, model.Comparator, model.Commitment, model.Bound,
          model.TimexType, model.HorizonSource)  # fmt: skip


@pytest.mark.parametrize(
    "value", sorted({*FINDINGS, *BY, *(value for literal in VALUES for value in get_args(literal))})
)
def test_every_value_of_the_output_is_explained(value: str):
    assert f"`{value}`" in TEXTS["docs/domain.md"]


@pytest.mark.parametrize("page", TEXTS)
def test_links_between_pages_lead_somewhere(page: str):
    for target in _LINK.findall(TEXTS[page]):
        if not target.startswith(("http", "#", "mailto:")):
            assert (ROOT / page).parent.joinpath(target.split("#")[0]).exists(), target


def test_every_judgement_is_one_of_three_and_has_a_reason():
    heads, *rows = (ROOT / "docs" / "judged.tsv").read_text(encoding="utf-8").splitlines()
    width = heads.count("\t") + 1
    for row in rows:
        *_, judgement, reason = cells = row.split("\t")
        assert len(cells) == width, row
        assert judgement in ("true", "false", "arguable"), row
        assert reason, row
