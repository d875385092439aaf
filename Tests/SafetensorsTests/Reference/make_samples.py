#!/usr/bin/env python3
"""Writes the samples of this folder with the reference implementation of safetensors.

    python3 Tests/SafetensorsTests/Reference/make_samples.py [FOLDER]

Needs NumPy and safetensors; the samples beside this script are by safetensors 0.8.0.
"""

import pathlib
import sys

import numpy as np
import safetensors
from safetensors.numpy import save_file

HERE = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__)
FOLDER = HERE if HERE.is_dir() else HERE.parent

# The reference's names, for its writer, of all types but those of 6 bits, which that does not know.
DTYPES = [
    "bool", "float4_e2m1fn_x2", "uint8", "int8", "float8_e5m2", "float8_e4m3fn", "float8_e8m0fnu", "float8_e4m3fnuz",
    "float8_e5m2fnuz", "int16", "uint16", "float16", "bfloat16", "int32", "uint32", "float32", "complex64", "float64",
    "int64", "uint64",
]  # fmt: skip


def network() -> None:
    """A little network, as one would save it."""
    tensors = {
        "layers.0.weight": np.array([[0.5, -1.25, 3e-300], [np.inf, np.nan, -0.0]]),
        "layers.0.bias": np.array([1.0, 2.0]),
        "scale": np.array(0.1, dtype=np.float32),
        "order": np.array([2**64 - 1, 0, 1], dtype=np.uint64),
        "nothing": np.zeros((0, 4)),
    }
    save_file(tensors, FOLDER / "network.safetensors", {"format": "sample", "seed": "7"})


def texts() -> None:
    """Names and texts of all kinds of characters."""
    tensors = {'a "quote" \\ /': np.array([1], dtype=np.uint8), "Größe 日本 𝜎": np.array([2], dtype=np.uint8)}
    metadata = {"lines": "one\ntwo\r\n\tthree\b\f", "controls": "\0\x1f\x7f", "emoji 🙂": "e\u0301 é", "": ""}
    save_file(tensors, FOLDER / "texts.safetensors", metadata)


def types() -> None:
    """8 bytes of each type, counted up from the type's place in the list."""
    memory = [np.arange(place, place + 8, dtype=np.uint8) for place in range(len(DTYPES))]
    # The types that NumPy lacks; two elements of 4 bits count as one here, and as two in the file.
    sizes = {"float4_e2m1fn_x2": 1, "bfloat16": 2}
    tensors = {}
    for name, data in zip(DTYPES, memory):
        size = sizes.get(name) or (1 if name.startswith("float8") else np.dtype(name).itemsize)
        tensors[name] = safetensors.TensorSpec(dtype=name, shape=[8 // size], data_ptr=data.ctypes.data, data_len=8)
    safetensors.serialize_file(tensors, FOLDER / "types.safetensors")


def nothing() -> None:
    save_file({}, FOLDER / "nothing.safetensors")


if __name__ == "__main__":
    for write in (network, texts, types, nothing):
        write()
