"""Makes a scan of a sample document: pictures of its pages, a little askew, with specks, and a seal on the signature.

The specks and the noise come from a fixed seed, so that the same libraries give the same bytes.
"""

from __future__ import annotations

import io
import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.markup import Plan
from builder.pages import FONTS
from builder.pdf import Seal, lay_out

if TYPE_CHECKING:
    import numpy
    from PIL.Image import Image

_RED = (200, 30, 40)
_RADIUS = 51.0  # points: a seal of an authority is 36 mm wide
_SEED = 20_231_208


@dataclass(frozen=True)
class Level:
    """How good a scanner is: its resolution, and what it does to a page."""

    dpi: int
    skew: float  # degrees
    blur: float  # radius in pixels
    noise: float  # standard deviation in shades of grey
    specks: int  # on a page
    fade: float  # how far the ink is from black, 0 to 1
    shadow: float  # how dark the edge of the page is, 0 to 1
    quality: int  # of the JPEG


CLEAN = Level(dpi=300, skew=0.4, blur=0.6, noise=3.0, specks=120, fade=0.0, shadow=0.0, quality=85)
HARD = Level(dpi=200, skew=1.3, blur=1.0, noise=14.0, specks=900, fade=0.35, shadow=0.18, quality=32)


def _seal(size: int, words: str) -> Image:
    """Return a round red seal with a star and words around it, on a clear ground."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGBA", (size, size), (*_RED, 0))
    draw = ImageDraw.Draw(image)
    ink = (*_RED, 190)
    line = max(2, size // 60)
    draw.ellipse((line, line, size - line, size - line), outline=ink, width=line * 2)
    inner = size * 0.3
    middle = size / 2
    draw.ellipse((middle - inner, middle - inner, middle + inner, middle + inner), outline=ink, width=line)
    points = []
    for number in range(10):
        reach = size * (0.16 if number % 2 == 0 else 0.065)
        turn = math.radians(number * 36 - 90)
        points.append((middle + reach * math.cos(turn), middle + reach * math.sin(turn)))
    draw.polygon(points, fill=ink)
    font = ImageFont.truetype(str(FONTS / "DejaVuSerif-Bold.ttf"), int(size * 0.085))
    step = 330 / max(1, len(words))
    for number, letter in enumerate(words):
        turn = number * step - 165
        tile = Image.new("RGBA", (size, size), (*_RED, 0))
        ImageDraw.Draw(tile).text((middle, size * 0.115), letter, font=font, fill=ink, anchor="mm")
        image.alpha_composite(tile.rotate(-turn, resample=Image.Resampling.BICUBIC, center=(middle, middle)))
    return image


def _sealed(page: Image, seal: Seal, level: Level) -> Image:
    """Return the page with the seal on it; the print below shows through."""
    from PIL import Image, ImageChops

    scale = level.dpi / 72
    stamp = _seal(int(2 * _RADIUS * scale), "VĂN BẢN MẪU • KHÔNG CÓ GIÁ TRỊ • ").rotate(-8, Image.Resampling.BICUBIC)
    layer = Image.new("RGB", page.size, (255, 255, 255))
    at = (int((seal.x - _RADIUS) * scale), page.height - int((seal.y + _RADIUS) * scale))
    layer.paste(stamp, at, stamp)
    return ImageChops.multiply(page.convert("RGB"), layer)


def _specks(pixels: numpy.ndarray, random: numpy.random.Generator, count: int) -> None:
    """Put dust on a page: dark and pale specks of one to three pixels."""
    height, width = pixels.shape[:2]
    for top, left, size, pale in zip(
        random.integers(0, height - 4, count),
        random.integers(0, width - 4, count),
        random.integers(1, 4, count),
        random.random(count) < 0.4,
        strict=True,
    ):
        pixels[top : top + size, left : left + size] = 250 if pale else 70


def _scanned(page: Image, number: int, level: Level) -> Image:
    import numpy
    from PIL import Image, ImageFilter

    angle = level.skew * (1.0, -0.7, 0.5)[number % 3]
    white = (255,) * len(page.getbands())
    turned = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=white if len(white) > 1 else 255)
    soft = turned.filter(ImageFilter.GaussianBlur(level.blur))
    random = numpy.random.default_rng(_SEED + number)
    pixels = numpy.asarray(soft, dtype=numpy.float32)
    pixels = 255 - (255 - pixels) * (1 - level.fade)
    if level.shadow:
        edge = 1 - level.shadow * numpy.clip(1 - numpy.arange(pixels.shape[1]) / (pixels.shape[1] * 0.2), 0, 1)
        pixels = pixels * (edge[:, None] if pixels.ndim == 3 else edge)
    noise = random.normal(0, level.noise, pixels.shape[:2]).astype(numpy.float32)
    pixels = pixels + (noise[..., None] if pixels.ndim == 3 else noise)
    grey = numpy.clip(pixels, 0, 255).astype(numpy.uint8)
    _specks(grey, random, level.specks)
    return Image.fromarray(grey)


def to_scan(plan: Plan, level: Level = CLEAN) -> bytes:
    """Return the document as a PDF of pictures, without a letter of text."""
    import pypdfium2

    data, seal = lay_out(plan)
    document = pypdfium2.PdfDocument(data)
    pages = []
    for number in range(len(document)):
        page = document[number].render(scale=level.dpi / 72, grayscale=True).to_pil().convert("L")
        if seal is not None and seal.page == number:
            page = _sealed(page, seal, level)
        pages.append(_scanned(page, number, level))
    document.close()
    buffer = io.BytesIO()
    pages[0].save(
        buffer, "PDF", save_all=True, append_images=pages[1:], resolution=level.dpi, quality=level.quality,
        creationDate=time.gmtime(0), modDate=time.gmtime(0),
    )  # fmt: skip
    return buffer.getvalue()


def to_hard_scan(plan: Plan) -> bytes:
    """Return a scan of a bad copy: more askew, faded, full of specks and of the blocks of JPEG."""
    return to_scan(plan, HARD)
