"""Model files, read and written by the reference package of the format alone."""

import json
import pathlib
from typing import NamedTuple

import numpy as np
import safetensors
import safetensors.numpy

from network import Layers, Objective


class Model(NamedTuple):
    layers: Layers
    element: np.dtype
    metadata: dict[str, str]

    @property
    def objective(self) -> Objective:
        told = self.metadata
        return Objective(told["output_activation"], told["cost"], float(told["softmax_scale"]))


class NotAModel(Exception):
    """A file from nettrain is not a valid model."""


def read(path: pathlib.Path) -> Model:
    """A model that nettrain has written. The layers are doubles, which represent both precisions exactly."""
    tensors = safetensors.numpy.load_file(path)
    with safetensors.safe_open(path, framework="numpy") as file:
        metadata = file.metadata()
    count = len(tensors) // 2
    names = [f"layers.{index}.{part}" for index in range(count) for part in ("weight", "bias")]
    if sorted(names) != sorted(tensors):
        raise NotAModel(f"tensors {sorted(tensors)}")
    elements = {tensor.dtype for tensor in tensors.values()}
    layers = [
        (tensors[f"layers.{index}.weight"].astype(float), tensors[f"layers.{index}.bias"].astype(float))
        for index in range(count)
    ]
    sizes = [layers[0][0].shape[1], *(w.shape[0] for w, _ in layers)]
    shapes = [(w.shape, b.shape) for w, b in layers]
    if shapes != [((outputs, inputs), (outputs,)) for inputs, outputs in zip(sizes, sizes[1:])]:
        raise NotAModel(f"shapes {shapes}")
    if len(elements) != 1 or json.loads(metadata["layers"]) != sizes:
        raise NotAModel(f"elements {elements}, sizes {sizes}, and metadata say {metadata['layers']}")
    if (metadata["hidden_activation"], metadata["input_scale"]) != ("sigmoid", "1/255"):
        raise NotAModel(f"metadata {metadata}")
    return Model(layers, elements.pop(), metadata)


def write(path: pathlib.Path, layers: Layers) -> None:
    tensors = {}
    for index, (w, b) in enumerate(layers):
        tensors[f"layers.{index}.weight"], tensors[f"layers.{index}.bias"] = w, b
    safetensors.numpy.save_file(tensors, path)
