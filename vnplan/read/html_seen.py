"""What a reader of an HTML page does not see: hidden elements, letters as white as the page, letters without size."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

_WRAPPERS: Final = frozenset({"html", "body", "div", "section", "article", "main", "form"})
# yes: display: none
# yes: left: -9999px
# no:  display: block
_HIDDEN: Final = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|mso-hide\s{0,3}:\s{0,3}all"
    r"|(?:left|top|text-indent)\s{0,3}:\s{0,3}-[0-9]{4,5}px",
    re.IGNORECASE,
)
# yes: color: white
# yes: font-size:9pt;color:#000
# no:  background-color: white
_COLOUR: Final = re.compile(r"(?<![a-z-])color\s{0,3}:([^;]{1,60})", re.IGNORECASE)
# yes: white
# yes: #FFFFFF
# yes: rgb(255, 255, 255)
# no:  #0f0
_WHITE: Final = re.compile(
    r"(?:white|#fff|#f[c-f]f[c-f]f[c-f]|rgba?\(\s{0,3}25[2-5]\s{0,3},\s{0,3}25[2-5]\s{0,3},\s{0,3}25[2-5]\b[^)]{0,20}\))"
    r"(?:\s{0,3}!important)?",
    re.IGNORECASE,
)
# yes: background: #036
# yes: background-color:navy
# no:  color: navy
_BACKGROUND: Final = re.compile(r"background(?:-color|-image)?\s{0,3}:([^;]{1,200})", re.IGNORECASE)
# yes: transparent
# yes: none
# no:  navy
_NO_BACKGROUND: Final = re.compile(r"transparent|none|inherit|initial|unset", re.IGNORECASE)
# yes: font-size: 0
# yes: font-size:0.1pt
# no:  font-size: large
_SIZE: Final = re.compile(r"font-size\s{0,3}:\s{0,3}([0-9.]{1,8})\s{0,3}([a-z%]{0,4})", re.IGNORECASE)
# yes: text-decoration: line-through
# yes: text-decoration-line:underline line-through
# no:  text-decoration: underline
_STRUCK: Final = re.compile(r"text-decoration(?:-line)?\s{0,3}:[^;]{0,40}line-through", re.IGNORECASE)
# yes: mso-element:comment-list
# yes: mso-element: comment
# no:  mso-element:footnote-list
_REMARK: Final = re.compile(r"mso-element\s{0,3}:\s{0,3}(?:comment|annotation)", re.IGNORECASE)
# yes: tab-pane fade
# yes: tabcontent2
# no:  table
_TAB: Final = re.compile(r"\btabs?(?![a-z])|\btab-?(?:pane|panel|content)|\bpane[0-9]?\b", re.IGNORECASE)


def is_hidden(node: Any) -> bool:
    """Tell whether the page hides an element; a tab that the reader can open is not hidden."""
    attributes = node.attributes
    hides = "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))
    return hides and not is_tab(node)


def is_tab(node: Any) -> bool:
    """Tell whether an element is what a tab of the page shows when it is opened."""
    attributes = node.attributes
    if attributes.get("role") == "tabpanel":
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return node.tag in ("div", "section", "article") and _TAB.search(names) is not None


def is_struck(node: Any) -> bool:
    """Tell whether an element is struck through or marked as deleted."""
    return node.tag in ("del", "s", "strike") or bool(_STRUCK.search(node.attributes.get("style") or ""))


def is_remark(node: Any) -> bool:
    """Tell whether an element is a comment that a word processor keeps beside the text, or the mark of one."""
    attributes = node.attributes
    names = (attributes.get("class") or "").lower()
    return names.startswith("msocom") or bool(_REMARK.search(attributes.get("style") or ""))


@dataclass(frozen=True, slots=True)
class Unseen:
    """What an element inherits that hides its words: white letters on no other ground, letters without size.

    Where the ground is not known, because a class of the element may set it, white letters count as seen.
    """

    white: bool = False
    ground: bool = False
    tiny: bool = False

    @property
    def is_unseen(self) -> bool:
        """Whether words that stand here cannot be seen."""
        return self.tiny or (self.white and not self.ground)

    def inside(self, node: Any) -> Unseen:
        """Return what holds inside an element."""
        attributes = node.attributes
        style, white, tiny = attributes.get("style") or "", self.white, self.tiny
        colour = _COLOUR.search(style)
        said = colour[1] if colour is not None else attributes.get("color") if node.tag == "font" else None
        if said is not None:
            white = _WHITE.fullmatch(said.strip()) is not None
        size = _SIZE.search(style)
        if size is not None:
            number = float(size[1]) if size[1].replace(".", "", 1).isdigit() else 1.0
            tiny = number == 0 or (number < 1 and size[2].lower() in ("pt", "px"))
        ground = self.ground or _has_ground(node, style)
        if (white, ground, tiny) == (self.white, self.ground, self.tiny):
            return self
        return Unseen(white, ground, tiny)


SEEN: Final = Unseen()


def _has_ground(node: Any, style: str) -> bool:
    """Tell whether an element may have a ground of its own that is not white: its class may set one.

    The classes of what only divides the page do not count, else no letter of any portal would be hidden.
    """
    attributes = node.attributes
    named = attributes.get("bgcolor") or attributes.get("background")
    grounds = [found.strip() for found in _BACKGROUND.findall(style)] + ([named.strip()] if named else [])
    if any(not _NO_BACKGROUND.match(ground) and not _WHITE.match(ground) for ground in grounds):
        return True
    if node.tag in _WRAPPERS and _COLOUR.search(style) is None:
        return False
    return any(not name.lower().startswith("mso") for name in (attributes.get("class") or "").split())
