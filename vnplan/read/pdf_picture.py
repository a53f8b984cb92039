"""A PDF page drawn as a picture, for OCR, within bounds whatever the size of the page and of its images."""

from __future__ import annotations

import ctypes
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from vnplan.read.ocr import scale_for
from vnplan.read.scan_image import Array

if TYPE_CHECKING:
    from vnplan.limits import Limits

_DEPTH: Final = 8  # forms inside forms
_OBJECTS: Final = 50_000  # that are looked at for images


def draw_page(page: Any, raw: Any, limits: Limits) -> Array | None:
    """Return a page as red, green and blue dots, as it is shown; None where its images have too many dots to open."""
    longest = total = 0
    for count, item in enumerate(page.get_objects(max_depth=_DEPTH)):
        width, height = ctypes.c_uint(), ctypes.c_uint()
        image = item.type == raw.FPDF_PAGEOBJ_IMAGE
        if image and raw.FPDFImageObj_GetImagePixelSize(item.raw, width, height):
            longest = max(longest, width.value, height.value)
            total += width.value * height.value
        if total > limits.image_pixels:
            return None
        if count > _OBJECTS:
            break
    width_points, height_points = page.get_size()
    scale = scale_for(width_points, height_points, longest, limits)
    with closing(page.render(scale=scale)) as bitmap:
        dots = bitmap.to_numpy()
        picture: Array = dots[:, :, 2::-1].copy() if dots.ndim == 3 else dots[:, :, None].repeat(3, axis=2)
    return picture
