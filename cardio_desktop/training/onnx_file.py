"""The network as ONNX files: whole, and smaller ones whose weights are kept in fewer bits."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import torch

from cardio_desktop.io.ptbxl import SUPERCLASSES
from cardio_desktop.training.ensemble import Ensemble

OPSET = 17
PRECISIONS = ("float16", "int8")
LEAST_WEIGHTS = 256
"""Smaller tensors stay in float32: there is nothing to save."""


def export_onnx(network: Ensemble, path: Path) -> None:
    """Write `network` as ONNX: input `ecg`, outputs `logits` (n, head) and `evidence` (n, chosen, 12, bin).

    A second input `heads` (int64 indices) chooses whose evidence is returned; it may be left out, its default being the
    five classes.
    """
    import onnx
    from onnx import numpy_helper

    module = network.to(memory_format=torch.contiguous_format).eval()
    example = (torch.zeros(2, 12, 16 * network.stride), torch.arange(len(SUPERCLASSES)))
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    with warnings.catch_warnings():
        # The tracing exporter announces its retirement; it makes the smaller and faster graph, and torch is pinned.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            example,
            str(partial),
            dynamo=False,
            opset_version=OPSET,
            input_names=["ecg", "heads"],
            output_names=["logits", "evidence"],
            dynamic_axes={
                "ecg": {0: "batch", 2: "samples"},
                "heads": {0: "chosen"},
                "logits": {0: "batch"},
                "evidence": {0: "batch", 1: "chosen", 3: "bins"},
            },
        )
    graph = onnx.load(str(partial))
    default = np.arange(len(SUPERCLASSES), dtype=np.int64)
    graph.graph.initializer.append(numpy_helper.from_array(default, "heads"))
    onnx.checker.check_model(graph, full_check=True)
    onnx.save(graph, str(partial))
    partial.replace(path)


def export_variant(whole: Path, path: Path, precision: str) -> None:
    """Write a copy of the network `whole` whose weights are kept as float16 or int8, for devices with little memory.

    Each large weight tensor is stored in `precision` and turned into float32 where it is used, so that only rounding of
    weights costs accuracy, and any processor can run it. int8 has one scale for each output channel. Raises ValueError
    for another precision.
    """
    import onnx
    from onnx import helper, numpy_helper

    if precision not in PRECISIONS:
        raise ValueError(f"precision is {precision!r}, not one of {', '.join(PRECISIONS)}")
    model = onnx.load(str(whole))
    graph = model.graph
    nodes, tensors = [], []
    for tensor in graph.initializer:
        weights = numpy_helper.to_array(tensor)
        if weights.dtype != np.float32 or weights.size < LEAST_WEIGHTS or weights.ndim < 2:
            tensors.append(tensor)
            continue
        stored = f"{tensor.name}.{precision}"
        if precision == "float16":
            tensors.append(numpy_helper.from_array(weights.astype(np.float16), stored))
            nodes.append(helper.make_node("Cast", [stored], [tensor.name], to=onnx.TensorProto.FLOAT))
            continue
        rows = weights.reshape(len(weights), -1)
        scale = (np.abs(rows).max(axis=1) / 127).astype(np.float32)
        scale[scale == 0] = 1
        counts = np.clip(np.rint(rows / scale[:, None]), -127, 127).astype(np.int8).reshape(weights.shape)
        tensors.append(numpy_helper.from_array(counts, stored))
        tensors.append(numpy_helper.from_array(scale, f"{stored}.scale"))
        nodes.append(helper.make_node("DequantizeLinear", [stored, f"{stored}.scale"], [tensor.name], axis=0))
    del graph.initializer[:]
    graph.initializer.extend(tensors)
    for place, node in enumerate(nodes):
        graph.node.insert(place, node)
    onnx.checker.check_model(model, full_check=True)
    partial = path.with_suffix(".part")
    onnx.save(model, str(partial))
    partial.replace(path)
