"""Reads what it is asked for, as JSON on standard input, with OpenSlide: [{path, x, y, level, width, height, resampled?}] → RGB, one after the other.

`resampled` is [width, height] to which Pillow brings the region.
"""

import json
import sys

import numpy
import openslide
from PIL import Image

slides = {}
for ask in json.load(sys.stdin):
    slide = slides.setdefault(ask["path"], openslide.OpenSlide(ask["path"]))
    region = slide.read_region((ask["x"], ask["y"]), ask["level"], (ask["width"], ask["height"]))
    pixels = numpy.asarray(region).astype(numpy.uint16)
    # Where nothing lies, OpenSlide is transparent; we show the background, white.
    rgb = numpy.where(pixels[:, :, 3:] == 0, 255, pixels[:, :, :3]).astype(numpy.uint8)
    if "resampled" in ask:
        # In floating point: with bytes Pillow rounds between rows and columns.
        planes = [Image.fromarray(rgb[:, :, i].astype(numpy.float32)).resize(ask["resampled"], Image.BICUBIC) for i in range(3)]
        rgb = numpy.clip(numpy.rint(numpy.dstack(planes)), 0, 255).astype(numpy.uint8)
    sys.stdout.buffer.write(rgb.tobytes())
