"""What headings and lead lines say for the targets under or behind them: by when, how firmly, and of what."""

from __future__ import annotations

import re
from typing import NamedTuple

from vnplan.extract.target_context import heading_horizon, read_commitment
from vnplan.extract.target_terms import HEAD
from vnplan.extract.target_words import Stretch
from vnplan.limits import LIMITS
from vnplan.model import Commitment, Section, Structure, Text

_LONGEST_HEADING = 220
# yes: PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2027
# yes: Nhiệm vụ trong thời gian tới
# no:  Kết quả thực hiện nhiệm vụ
_AHEAD = re.compile(
    r"(?:phương hướng|định hướng|nhiệm vụ|kế hoạch|mục tiêu|chỉ tiêu|giải pháp|dự kiến"
    r"|chương trình công tác|kết luận)(?!\w)",
    re.I,
)
_LABEL = re.compile(r"(?:phần|chương|mục)[ ](?:thứ[ ])?[\w]{1,6}[ .:]{0,3}|[IVX]{1,5}[.)][ ]?|[0-9.]{1,8}\)?[ ]?", re.I)


class Lead(NamedTuple):
    """What holds for a section: a horizon, whether the heading that gives it is of aims, commitment, subject.

    The subject is what a line that ends with a colon speaks of ("Tỷ lệ xã có bác sĩ:"), in the text of the document.
    """

    horizon: str | None = None
    aimed: bool = False
    commitment: Commitment | None = None
    subject: Stretch | None = None


NO_LEAD = Lead()


def period_end(period: str | None) -> str | None:
    """Return the last year (or day) of an EDTF period.

    >>> period_end("2024/2030"), period_end("2026")
    ('2030', '2026')
    """
    return None if period is None else period.rsplit("/", 1)[-1] or None


class Headings:
    """What the sections passed so far say to those to come; asked and told in reading order."""

    def __init__(self, text: Text, structure: Structure) -> None:
        self._text = text
        self._sections = structure.sections
        self._own: list[Lead] = []  # of each section passed
        self._ahead: list[bool] = []  # of each section passed: it stands under a heading of what is to come
        self._behind: dict[int | None, Lead] = {}  # of the last lead line under a section

    def above(self, index: int) -> Lead:
        """Return what holds for a section: the last lead line beside or above it, or the nearest heading."""
        parent = self._sections[index].parent
        nearest = self._behind.get(parent) or (NO_LEAD if parent is None else self._of(parent))
        for _ in range(LIMITS.section_depth + 2):
            found = self._behind.get(parent)
            if not (found and found.horizon) and parent is not None:
                found = self._of(parent)
            if found and found.horizon:
                return Lead(found.horizon, found.aimed, nearest.commitment, nearest.subject)
            if parent is None:
                break
            parent = self._sections[parent].parent
        return nearest

    def _of(self, index: int) -> Lead:
        return self._own[index] if index < len(self._own) else NO_LEAD

    def is_ahead(self, index: int) -> bool:
        """Tell whether a section stands under a heading of what is to come ("PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2027")."""
        parent = self._sections[index].parent
        if parent is not None and parent < len(self._ahead) and self._ahead[parent]:
            return True
        heading = self._sections[index].heading
        return _AHEAD.match(heading, label.end() if (label := _LABEL.match(heading)) else 0) is not None

    def passed(self, index: int, has_targets: bool) -> None:
        """Take note of a section, whose words hold for its children or, of a lead line, for what follows it."""
        section = self._sections[index]
        start = section.start + len(section.label)
        words = self._text.clean[start : min(section.end, section.start + _LONGEST_HEADING + 1)]
        lead = NO_LEAD
        if section.kind != "appendix" and section.end - section.start <= _LONGEST_HEADING and not has_targets:
            horizon, alone, aimed = heading_horizon(words)
            commitment, subject = self._hands_on(section, start, words)
            lead = Lead(horizon, aimed, commitment, subject)
            if section.leaf and ((horizon and alone) or commitment):
                self._behind[section.parent] = lead if alone else lead._replace(horizon=None)
        self._own.append(lead)
        self._ahead.append(self.is_ahead(index))

    def _hands_on(self, section: Section, start: int, words: str) -> tuple[Commitment | None, Stretch | None]:
        """Return the commitment and the subject of a line that what follows goes on with."""
        closed = words.rstrip()
        begin = len(words) - len(words.lstrip(" .)-+*•"))
        opens = closed.endswith(":")
        if not opens and not HEAD.match(words, begin):
            return None, None
        commitment = read_commitment(words, 0, len(closed)) if opens else None
        stop = len(closed.rstrip(" :"))
        if section.leaf or stop - begin < 4:
            return commitment and commitment[0], None
        return commitment and commitment[0], (start + begin, start + stop)
