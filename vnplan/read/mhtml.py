"""Pages saved in one file (.mht, .mhtml; RFC 2557): the page, and the documents that were saved with it."""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
from email.message import Message
from typing import Final

from vnplan.errors import ReadError
from vnplan.read.archives import Member, Names, has_frames, member_name, nested_archive, note_passed, sort_of
from vnplan.read.build import Origin

_SUSPECT: Final = 100  # lines that look like the limits of parts, for each part that there may be
_LONGEST_HEADER: Final = 10_000  # characters
_DEEPEST: Final = 50  # parts within parts
# yes: Content-Type: multipart/related; boundary="a"
# no:  Content-Type: text/html
_NESTED: Final = re.compile(rb"[\r\n]Content-Type:\s{0,9}multipart/", re.IGNORECASE)
_MOVED: Final = "the part breaks off; save the page again"


class _Policy(email.policy.Compat32):
    """How headers are read: the parser takes quadratic time for parameters, so these have a bound."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return the name and the value of a header."""
        has_parameters = sourcelines[0].lower().startswith(("content-type:", "content-disposition:"))
        if has_parameters and sum(map(len, sourcelines)) > _LONGEST_HEADER:
            raise ValueError("a header is too long")
        return super().header_source_parse(sourcelines)


class Mhtml:
    """A saved page: its first part of text, and what else in it is a document."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.members: list[Member] = []
        self._contents: dict[str, bytes] = {}
        passed: list[str] = []
        parts = self._parts()
        page = next((part for part in parts if part.get_content_type() == "text/html"), None)
        framed = page is not None and has_frames(_content(page))
        names = Names()
        for part in parts:
            content, media_type = _content(part), part.get_content_type()
            name = str(part.get_filename() or part.get("Content-Location") or "")
            sort = sort_of(name.partition("?")[0], content[:512], media_type)
            is_page = media_type in ("text/html", "application/xhtml+xml")
            alone = len(parts) == 1 and media_type.startswith("text/")
            if (sort == "asset" and not alone) or (is_page and part is not page and not framed):
                passed.append(name)
                continue
            self._add(part, names.take(name or ("page.html" if is_page else "part")), content, sort == "archive")
        self.notes = note_passed(passed)

    def _add(self, part: Message, name: str, content: bytes, is_archive: bool) -> None:
        label, most = member_name(self.origin.name, name), self.origin.limits.member_bytes
        failure = nested_archive(label) if is_archive else None
        if len(content) > most:
            failure = ReadError("too-big-inside", f"{label}: it is larger than {most:,} bytes; give it on its own")
        elif any(type(defect).__name__ in _CUT for defect in part.defects):
            failure = ReadError("damaged", f"{label}: {_MOVED}")
        self._contents[name] = content
        charset = part.get_content_charset()
        self.members.append(Member(name, hashlib.sha256(content).hexdigest(), charset, failure))

    def _parts(self) -> list[Message]:
        """Return the parts that hold something, in order."""
        origin = self.origin
        if origin.data.count(b"\n--") > _SUSPECT * origin.limits.members:
            raise self._too_many()
        if len(_NESTED.findall(origin.data)) > _DEEPEST:  # each would be asked of every line
            raise origin.fail("too-deep", "its parts are nested too deeply; save the page as HTML")
        try:
            whole = email.message_from_bytes(origin.data.lstrip(b"\xef\xbb\xbf"), policy=_Policy())
            parts = [part for part in whole.walk() if not part.is_multipart()]
        except RecursionError as error:
            raise origin.fail("too-deep", "its parts are nested too deeply; save the page as HTML") from error
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise origin.fail("damaged", f"its parts cannot be told apart ({error}); save the page again") from error
        if len(parts) > origin.limits.members:
            raise self._too_many()
        if any(type(defect).__name__ in _CUT for defect in whole.defects) and parts:
            parts[-1].defects.extend(whole.defects)  # the file ends within its last part
        return parts

    def _too_many(self) -> ReadError:
        return self.origin.fail("too-many-parts", f"the page holds more than {self.origin.limits.members:,} parts")

    def load(self, member: Member) -> bytes:
        """Return the bytes of a member; raises :class:`ReadError`."""
        if member.failure is not None:
            raise member.failure
        return self._contents[member.name]


_CUT: Final = ("CloseBoundaryNotFoundDefect", "StartBoundaryNotFoundDefect")


def _content(part: Message) -> bytes:
    """Return the bytes of a part; what is not in the encoding that it names counts as it stands."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError):
        return b""
    return content if isinstance(content, bytes) else b""
