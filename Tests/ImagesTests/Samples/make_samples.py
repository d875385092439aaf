#!/usr/bin/env python3
"""Writes the sample images beside itself, all of the same 5 × 4 pixels, by Pillow and by hand.

    pip install pillow numpy
    make_samples.py
"""

import pathlib
import struct
import zlib

import numpy
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
GREY = numpy.array([[0, 50, 100, 150, 200], [255, 205, 155, 105, 55], [10, 20, 30, 40, 50], [1, 2, 3, 254, 255]], "u1")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth, colour, rows, *others, interlaced=0) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(chunk(*other) for other in others)
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def rows(lines) -> bytes:
    return b"".join(b"\0" + bytes(line) for line in lines)


def adam7(pixels) -> bytes:
    """The rows of the seven passes of an interlaced image."""
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    parts = [pixels[top::down, left::right] for top, left, down, right in passes]
    return b"".join(rows(part) for part in parts if part.size)


image = Image.fromarray(GREY)
image.save(HERE / "grey.png")
image.convert("RGB").save(HERE / "colour.png")
image.convert("RGBA").save(HERE / "colour-alpha.png")
(HERE / "interlaced.png").write_bytes(png(5, 4, 8, 0, adam7(GREY), interlaced=1))
wide = GREY.astype(">u2") * 257
(HERE / "sixteen-bits.png").write_bytes(png(5, 4, 16, 0, rows(line.tobytes() for line in wide)))
values = sorted(set(GREY.ravel()))
palette = b"".join(bytes([value] * 3) for value in values)
indices = numpy.vectorize(values.index)(GREY).astype("u1")
(HERE / "palette.png").write_bytes(png(5, 4, 8, 3, rows(indices), (b"PLTE", palette)))
# The ink is a cross, black on nothing and white on nothing.
cross = numpy.array([[0, 0, 1, 0, 0], [1, 1, 1, 1, 1], [0, 0, 1, 0, 0], [0, 0, 1, 0, 0]])
for name, value in ("black-ink", 0), ("white-ink", 255):
    pairs = numpy.stack([numpy.full(cross.shape, value), cross * 255], axis=2).astype("u1")
    (HERE / f"{name}.png").write_bytes(png(5, 4, 8, 4, rows(line.ravel() for line in pairs)))
bits = numpy.packbits(cross, axis=1)
(HERE / "one-bit.png").write_bytes(png(5, 4, 1, 0, rows(bits)))
