"""The structure of a document: its header and the tree of its own numbering.

Paths are made of the labels as printed, without their stops: ``V.1.a``, ``II.2.2.1`` ("2.1." under "2."), ``Điều 1.1.a``
(điểm a of khoản 1 of Điều 1), ``PHỤ LỤC.I.2`` (a row of a table), ``I.2.-3`` (the third bullet), ``V.¶1`` (an unnumbered
paragraph). Phần, Chương, Mục and an attached document have nodes but stand in no path, unless numbering starts anew in
each. A label that a document uses twice in one place is followed by its count: ``I.2(2)``.
"""

from __future__ import annotations

from dataclasses import replace

from vnplan.model import Structure, Text
from vnplan.structure.closing import read_closing
from vnplan.structure.header import read_head
from vnplan.structure.sections import Body, read_sections

__all__ = ["read_structure"]


def read_structure(text: Text, *, title: str | None = None) -> Structure:
    """Return the header and the sections of ``text``; total on any text, in time proportional to its length.

    ``title`` is what the file's format calls its title. Every paragraph of the body belongs to one node or to the
    preamble; recipients and signature are no nodes. A footnote belongs to no node's own words.

    >>> from vnplan.text import clean_text
    >>> found = read_structure(clean_text("KẾ HOẠCH\\nThực hiện X\\nI. MỤC TIÊU\\n1. Mục tiêu chung\\n- Tăng 5%."))
    >>> [(section.path, section.role) for section in found.sections]
    [('I', 'objectives'), ('I.1', 'objectives'), ('I.1.-1', 'objectives')]
    """
    head = read_head(text)
    closing = read_closing(text, head.body)
    body = Body(head.body, closing.paragraphs, closing.first, {})
    sections, preamble, problems = read_sections(text, body)
    end = text.paragraphs[closing.first].start if closing.first < len(text.paragraphs) else len(text.clean)
    header = replace(head.header, signatory=closing.signatory, recipients=closing.recipients)
    return Structure(header, tuple(sections), "document", preamble, end, (*head.problems, *problems))
