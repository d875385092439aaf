#!/usr/bin/env python3
"""Writes preparations.json: pictures and what preparation.py makes of them.

    pip install numpy
    make_preparations.py
"""

import base64
import json
import pathlib

import numpy

import preparation

RANDOM = numpy.random.default_rng(7)


def strokes(height, width, points, thickness):
    """A line through points, given as shares of the size, with soft edges: how much of each pixel it covers."""
    y, x = numpy.mgrid[0:height, 0:width] + 0.5
    ends = [(b * height, a * width) for a, b in points]
    distance = numpy.full((height, width), numpy.inf)
    for (y0, x0), (y1, x1) in zip(ends, ends[1:]):
        dy, dx = y1 - y0, x1 - x0
        t = numpy.clip(((y - y0) * dy + (x - x0) * dx) / (dy * dy + dx * dx), 0, 1)
        distance = numpy.minimum(distance, numpy.hypot(y - y0 - t * dy, x - x0 - t * dx))
    return numpy.clip(thickness / 2 + 0.5 - distance, 0, 1)


def drawn(cover, paper, ink, noise=0.0):
    grey = cover * ink + (1 - cover) * paper
    return numpy.clip(numpy.rint(grey + RANDOM.normal(0, noise, cover.shape) if noise else numpy.rint(grey)), 0, 255).astype("u1")


TWO = [(0.3, 0.35), (0.4, 0.22), (0.6, 0.22), (0.68, 0.36), (0.32, 0.78), (0.7, 0.78)]
SEVEN = [(0.1, 0.08), (0.35, 0.08), (0.15, 0.4)]
y, x = numpy.mgrid[0:60, 0:60] / 59.5 * 2 - 1

CASES = [
    # The name, the picture, the factor by which it is enlarged, and the side of the result.
    ("dark on white", drawn(strokes(40, 40, TWO, 4), 255, 0), 1, 28),
    ("light on black", drawn(strokes(40, 40, TWO, 4), 0, 255), 1, 28),
    ("in a corner of a wide picture", drawn(strokes(60, 90, SEVEN, 5), 230, 60), 1, 28),
    ("ten pixels", drawn(strokes(40, 40, TWO, 4), 255, 0), 1, 10),
    ("a thin line", drawn(strokes(70, 60, TWO, 1), 255, 20), 1, 28),
    ("thick", drawn(strokes(50, 60, TWO, 14), 255, 20), 1, 28),
    ("a vignette", drawn(strokes(60, 60, TWO, 5), 250 / (1 + 0.3 * (x * x + y * y)) ** 2, 30 / (1 + x * x)), 1, 28),
    ("a slope with noise", drawn(strokes(60, 60, TWO, 6), 170 + 50 * x - 20 * y, 40, 6), 1, 28),
    ("light ink on a slope", drawn(strokes(60, 60, TWO, 6), 80 + 40 * x, 230, 3), 1, 28),
    ("cut off at the ink", drawn(strokes(40, 40, TWO, 5), 255, 20)[7:34, 10:31], 1, 28),
    ("a dot", drawn(strokes(3, 3, [(0.4, 0.5), (0.6, 0.5)], 0.9), 255, 0), 1, 28),
    ("enlarged", drawn(strokes(61, 79, TWO, 6), 240, 30, 4), 9, 28),
    ("enlarged, on a slope", drawn(strokes(60, 60, SEVEN, 3), 150 + 60 * y, 20, 4), 11, 20),
    ("blank", numpy.full((20, 30), 200, "u1"), 1, 28),
    ("noise", drawn(numpy.zeros((50, 50)), 128, 0, 20), 1, 28),
    ("one pixel", numpy.full((1, 1), 7, "u1"), 1, 28),
]


def case(name, picture, factor, side):
    try:
        image = preparation.prepare(numpy.kron(picture, numpy.ones((factor, factor), "u1")), side)
    except preparation.NoInk:
        image = None
    return {
        "name": name, "height": picture.shape[0], "width": picture.shape[1], "factor": factor, "side": side,
        "pixels": base64.b64encode(picture.tobytes()).decode(),
        "image": None if image is None else base64.b64encode(image.tobytes()).decode(),
    }


cases = [case(*values) for values in CASES]
path = pathlib.Path(__file__).resolve().parent / "preparations.json"
path.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
for values in cases:
    print(values["name"], "no ink" if values["image"] is None else "")
