"""What the styles of a Word file say of its paragraphs and runs: bold, hidden, centred, heading level, fonts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal, overload

from vnplan.read.docx_parts import W

_DEEP: Final = 16  # styles that are based on one another


@dataclass(frozen=True, slots=True)
class Style:
    """The properties that one style sets; None for what it inherits."""

    parent: str | None
    bold: bool | None
    hidden: bool | None
    centred: bool | None
    level: int | None
    font: str | None
    capitals: bool | None
    colour: str | None
    ground: bool | None
    raised: bool | None


class Styles:
    """Paragraph and character styles, with what they inherit."""

    def __init__(self, root: Any) -> None:
        self.by_id: dict[str, Style] = {}
        self._numbering: dict[str, tuple[str | None, str | None]] = {}
        self.default: str | None = None
        self.font: str | None = None
        for style in () if root is None else root.iter(W + "style"):
            key = style.get(W + "styleId", "")
            run, paragraph = style.find(W + "rPr"), style.find(W + "pPr")
            self.by_id[key] = Style(
                get_value(style, "basedOn"),
                is_on(run, "b"),
                is_on(run, "vanish"),
                is_centred(paragraph),
                outline_level(paragraph),
                font_of(run),
                is_on(run, "caps"),
                get_value(run, "color"),
                True if has_ground(run) or has_ground(paragraph) else None,
                is_raised(run),
            )
            if style.get(W + "default") == "1" and style.get(W + "type") == "paragraph":
                self.default = key
            if (number := None if paragraph is None else paragraph.find(W + "numPr")) is not None:
                self._numbering[key] = (get_value(number, "numId"), get_value(number, "ilvl"))
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self.font = font_of(defaults)

    @overload
    def lookup(
        self, key: str | None, name: Literal["bold", "hidden", "centred", "capitals", "ground", "raised"]
    ) -> bool | None: ...
    @overload
    def lookup(self, key: str | None, name: Literal["level"]) -> int | None: ...
    @overload
    def lookup(self, key: str | None, name: Literal["font", "colour"]) -> str | None: ...
    def lookup(self, key: str | None, name: str) -> object:
        """Return the first value that the style or one that it is based on gives."""
        for _ in range(_DEEP):
            style = self.by_id.get(key or "")
            if style is None:
                return None
            value: object = getattr(style, name)
            if value is not None:
                return value
            key = style.parent
        return None

    def numbering(self, key: str | None) -> tuple[str, int]:
        """Return the number of the list that a style belongs to and its level in it; "" for none."""
        number = level = None
        for _ in range(_DEEP):
            style = self.by_id.get(key or "")
            if style is None:
                break
            own = self._numbering.get(key or "", (None, None))
            number = own[0] if number is None else number
            level = own[1] if level is None else level
            key = style.parent
        return number or "", to_integer(level, 8)

    def font_of_run(self, properties: Any, style: str | None) -> str:
        """Return the name of the font that a run is set in."""
        named = get_value(properties, "rStyle")
        own = font_of(properties) or self.lookup(named, "font")
        return own or self.lookup(style, "font") or self.font or ""


def get_value(element: Any, name: str) -> str | None:
    """Return the value of a child element such as ``<w:jc w:val="center"/>``, or None."""
    child = None if element is None else element.find(W + name)
    value = None if child is None else child.get(W + "val")
    return None if value is None else str(value)


def is_on(properties: Any, name: str) -> bool | None:
    """Return whether a toggle such as bold is on, or None when the properties do not say."""
    element = None if properties is None else properties.find(W + name)
    if element is None:
        return None
    return element.get(W + "val", "1") not in ("0", "false", "off", "none")


def is_raised(properties: Any) -> bool | None:
    """Return whether letters stand above the line, or None when the properties do not say."""
    value = get_value(properties, "vertAlign")
    return None if value is None else value == "superscript"


def has_ground(properties: Any) -> bool:
    """Return whether the properties give letters another ground than white: a shading, a highlight."""
    if properties is None:
        return False
    shade = properties.find(W + "shd")
    fill = "auto" if shade is None else str(shade.get(W + "fill", "auto"))
    pattern = "clear" if shade is None else str(shade.get(W + "val", "clear"))
    marked = get_value(properties, "highlight") not in (None, "none", "white")
    return marked or fill.lower() not in ("auto", "ffffff") or pattern not in ("clear", "nil")


def is_centred(properties: Any) -> bool | None:
    """Return whether a paragraph is centred, or None when its properties do not say."""
    value = get_value(properties, "jc")
    return None if value is None else value == "center"


def outline_level(properties: Any) -> int | None:
    """Return the heading level (1 to 9) that the properties give, 0 for body text, or None."""
    value = get_value(properties, "outlineLvl")
    return None if value is None else (to_integer(value, 9) + 1) % 10


def font_of(properties: Any) -> str | None:
    """Return the name of the font for Western letters, or None."""
    fonts = None if properties is None else properties.find(W + "rFonts")
    name = None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi")
    return None if name is None else str(name)


def to_integer(value: str | None, most: int) -> int:
    """Return a number of the file, at most ``most``; 0 for what is none."""
    return min(int(value), most) if value and value.isascii() and value.isdigit() and len(value) < 9 else 0
