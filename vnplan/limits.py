"""Every budget of the library in one place. Each bound says what it protects against."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what one document may cost; what exceeds one ends in a failure code or a ``cut:`` problem."""

    file_bytes: int = 50_000_000
    pages: int = 2_000
    text: int = 20_000_000  # code points
    archive_bytes: int = 200_000_000  # inflated, of all parts that are opened
    member_bytes: int = 50_000_000
    members: int = 2_000
    xml_elements: int = 1_000_000
    xml_depth: int = 256
    html_depth: int = 1_000
    section_depth: int = 64
    marks_per_letter: int = 30  # Unicode stream-safe text format (UAX 15)
    extractions: int = 100_000
    ocr_seconds: float = 30.0  # of recognition, for one page; a page takes one or two
    ocr_pixels: int = 9_000_000  # of the picture that is recognised: A3 at 200 dots an inch
    image_pixels: int = 150_000_000  # of the images on a page that is drawn for recognition


@dataclass(frozen=True, slots=True)
class RunLimits:
    """Bounds on what a worker process may take for one document; what exceeds one costs that document alone."""

    wall: float = 60.0  # seconds, anew after each page of a scan
    cpu: float = 60.0  # seconds, anew after each page of a scan
    total: float = 3_600.0  # seconds, with all pages of a scan
    memory: int = 2_000_000_000  # bytes of address space; 0 for no limit
    reply: int = 64_000_000  # bytes
    start: float = 0.0  # seconds more for the first document of a worker, until it says that it has begun


LIMITS = Limits()
RUN_LIMITS = RunLimits()
