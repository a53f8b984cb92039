"""Small plots as SVG, without any package: lines over amounts, one panel beside the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

COLOURS = ("#17455c", "#2f7d4f", "#9a5b00", "#a61b1b", "#7a2fa0", "#3577b5", "#b0417b")
DASHES = ("", "7 3", "2 3", "", "7 3 2 3", "", "4 2")
WIDTH, HEIGHT, LEFT, TOP, PER_ROW = 340, 230, 46, 34, 3
LOWEST = 0.4


@dataclass(frozen=True, slots=True)
class Panel:
    """A plot: what its amounts are, their names, and a line of values from 0 to 1 for each name."""

    title: str
    ticks: Sequence[str]
    lines: Mapping[str, Sequence[float]]


def svg(panels: Sequence[Panel], names: Sequence[str]) -> str:
    """Return the panels with one legend below them."""
    rows = -(-len(panels) // PER_ROW)
    width, height = PER_ROW * (WIDTH + 20) + 20, rows * (HEIGHT + 20) + 50
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        ' font-family="DejaVu Sans, Verdana, sans-serif" font-size="11" fill="#1b2530">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for number, panel in enumerate(panels):
        x, y = 20 + number % PER_ROW * (WIDTH + 20), 10 + number // PER_ROW * (HEIGHT + 20)
        parts += [f'<g transform="translate({x} {y})">', *_panel(panel, names), "</g>"]
    parts += _legend(names, height - 28)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(panel: Panel, names: Sequence[str]) -> Iterator[str]:
    right, bottom = WIDTH - 12, HEIGHT - 26
    yield f'<text x="{LEFT}" y="16" font-size="13" font-weight="bold">F1 by {panel.title}</text>'
    for step in range(int(LOWEST * 10), 11, 2):
        y = _y(step / 10, bottom)
        yield f'<path d="M{LEFT} {y:.1f}H{right}" stroke="#d9dee5"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#586473">{step / 10:.1f}</text>'
    places = [LEFT + (right - LEFT) * i / (len(panel.ticks) - 1) for i in range(len(panel.ticks))]
    for x, tick in zip(places, panel.ticks, strict=True):
        yield f'<text x="{x:.1f}" y="{bottom + 17}" text-anchor="middle" fill="#586473">{tick}</text>'
    for name, values in panel.lines.items():
        points = [(x, _y(value, bottom)) for x, value in zip(places, values, strict=True)]
        path = "M" + "L".join(f"{x:.0f} {y:.1f}" for x, y in points)
        yield f'<path d="{path}" fill="none" stroke-width="2" {_stroke(name, names)}/>'
        dots = "".join(f"M{x:.0f} {y:.1f}h0" for x, y in points)
        colour = COLOURS[names.index(name) % len(COLOURS)]
        yield f'<path d="{dots}" stroke="{colour}" stroke-width="5" stroke-linecap="round"/>'


def _y(value: float, bottom: float) -> float:
    return TOP + (bottom - TOP) * (1 - (max(LOWEST, value) - LOWEST) / (1 - LOWEST))


def _stroke(name: str, names: Sequence[str]) -> str:
    at = names.index(name)
    dash = DASHES[at % len(DASHES)]
    return f'stroke="{COLOURS[at % len(COLOURS)]}"' + (f' stroke-dasharray="{dash}"' if dash else "")


def _legend(names: Sequence[str], y: float) -> Iterator[str]:
    for number, name in enumerate(names):
        x = 40 + number * 130
        yield f'<path d="M{x} {y}h28" fill="none" stroke-width="2" {_stroke(name, names)}/>'
        yield f'<text x="{x + 36}" y="{y + 4}" font-size="12">{name}</text>'
