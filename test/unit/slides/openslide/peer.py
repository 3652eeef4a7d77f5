"""Reads what it is asked for, as JSON on standard input, with OpenSlide: [{path, x, y, level, width, height}] → RGB, one after the other."""

import json
import sys

import numpy
import openslide

slides = {}
for ask in json.load(sys.stdin):
    slide = slides.setdefault(ask["path"], openslide.OpenSlide(ask["path"]))
    region = slide.read_region((ask["x"], ask["y"]), ask["level"], (ask["width"], ask["height"]))
    pixels = numpy.asarray(region).astype(numpy.uint16)
    # Where nothing lies, OpenSlide is transparent; we show the background, white.
    rgb = numpy.where(pixels[:, :, 3:] == 0, 255, pixels[:, :, :3]).astype(numpy.uint8)
    sys.stdout.buffer.write(rgb.tobytes())
