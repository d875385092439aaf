"""Finds and reads files in MNIST's format, plain or gzipped."""

import gzip
import pathlib
import struct
import zlib

IMAGES, LABELS = "images", "labels"
DIMENSIONS = {IMAGES: 3, LABELS: 1}
HEADER = {IMAGES: struct.Struct(">4I"), LABELS: struct.Struct(">2I")}
MAGIC = {IMAGES: 0x803, LABELS: 0x801}


def name(part: str, kind: str) -> str:
    """The name of a file of MNIST: part is train or t10k."""
    return f"{part}-{kind}-idx{DIMENSIONS[kind]}-ubyte"


def find(folder: str, part: str, kind: str) -> pathlib.Path:
    """The file, under one of its usual names."""
    usual = name(part, kind)
    for stem in (usual, usual.replace("-idx", ".idx")):
        for ending in ("", ".gz"):
            path = pathlib.Path(folder, stem + ending)
            if path.is_file():
                return path
    raise FileNotFoundError(f"{folder}: there is no {usual}, gzipped or not")


def read(path: pathlib.Path, kind: str, size: int = -1) -> tuple[tuple[int, ...], bytes]:
    """The dimensions of a file and its first `size` elements, all by default."""
    opened = gzip.open(path) if path.suffix == ".gz" else open(path, "rb")
    header = HEADER[kind]
    try:
        with opened as file:
            start = file.read(header.size)
            if len(start) < header.size or header.unpack(start)[0] != MAGIC[kind]:
                raise ValueError(f"{path}: is not an IDX file of {kind}")
            return header.unpack(start)[1:], file.read(size)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ValueError(f"{path}: {error}") from None


def write(path: pathlib.Path, kind: str, dimensions: tuple[int, ...], elements: bytes) -> None:
    """A gzipped file."""
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(HEADER[kind].pack(MAGIC[kind], *dimensions))
        file.write(elements)
