"""The parts of a Word file: opened in memory within budgets, parsed without entities, never unpacked to disk."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any, Final

from vnplan.errors import ReadError
from vnplan.read.build import Origin

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TRANSITIONAL: Final = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # ISO/IEC 29500 Strict
_MAIN: Final = "word/document.xml"
_DOCTYPES: Final = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
ADVICE: Final = "open it in Word or LibreOffice and save it again"


class Parts:
    """The archive of one Word file."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self._inflated = self._elements = 0
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(origin.data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise origin.fail("damaged", f"the archive of the Word file is broken ({error}); {ADVICE}") from error
        members = self._archive.infolist()
        if len(members) > origin.limits.members:
            raise origin.fail("too-many-parts", f"the archive holds more than {origin.limits.members:,} parts")
        self.has_pictures = any("/media/" in member.filename for member in members)
        self.main = self._find_main()
        self._folder = posixpath.dirname(self.main)

    def _find_main(self) -> str:
        relations = self.xml("_rels/.rels")
        for relation in () if relations is None else relations:
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                return str(relation.get("Target", _MAIN)).lstrip("/")
        return _MAIN

    def beside(self, name: str) -> Any:
        """Return the root of a part in the folder of the main part, or None."""
        return self.xml(posixpath.join(self._folder, name))

    def xml(self, part: str) -> Any:
        """Return the root of one part, or None when the archive does not hold it.

        Raises :class:`ReadError`: ``damaged``, ``too-big-inside``, ``too-deep``, ``doctype``.
        """
        origin = self.origin
        try:
            info = self._archive.getinfo(part)
        except KeyError:
            return None
        if info.flag_bits & 1:
            raise origin.fail("damaged", f"{part} is locked with a password, which no Word file does; {ADVICE}")
        try:
            with self._archive.open(info) as stream:
                data = stream.read(origin.limits.member_bytes + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise origin.fail("damaged", f"{part} cannot be unpacked ({error}); {ADVICE}") from error
        self._inflated += len(data)
        if len(data) > origin.limits.member_bytes or self._inflated > origin.limits.archive_bytes:
            raise origin.fail("too-big-inside", f"{part} unpacks to more than the limit; do not trust the file")
        return self._parse(part, data)

    def _parse(self, part: str, data: bytes) -> Any:
        from lxml import etree

        origin = self.origin
        self._elements += data.count(b"<") - data.count(b"</")
        if self._elements > origin.limits.xml_elements:
            what = f"{part} holds more than {origin.limits.xml_elements:,} elements; do not trust the file"
            raise origin.fail("too-big-inside", what)
        if any(mark in data for mark in _DOCTYPES):
            raise self._doctype(part)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data.replace(_STRICT, _TRANSITIONAL), parser)
        except etree.XMLSyntaxError as error:
            raise self._syntax_error(part, str(error)) from error
        document: Any = root.getroottree().docinfo
        if document.doctype:
            raise self._doctype(part)
        return root

    def _doctype(self, part: str) -> ReadError:
        what = f"{part} declares a document type, which no Word file does; do not trust the file, or {ADVICE}"
        return self.origin.fail("doctype", what)

    def _syntax_error(self, part: str, message: str) -> ReadError:
        low = message.lower()
        if "depth" in low:
            return too_deep(self.origin, part)
        if "huge" in low or "too long" in low:
            return self.origin.fail("too-big-inside", f"{part} holds a text of more than 10 MB; do not trust the file")
        return self.origin.fail("damaged", f"{part} is not well formed ({message[:120]}); {ADVICE}")


def too_deep(origin: Origin, part: str) -> ReadError:
    """Return the error for a part that is nested too deeply."""
    what = f"{part} is nested deeper than {origin.limits.xml_depth} elements; do not trust the file"
    return origin.fail("too-deep", what)
