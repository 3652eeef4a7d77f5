"""Reads safetensors of float32 without a package for it."""

import json
import struct

import torch


def read_tensors(path):
    """Tensors by name."""
    with open(path, "rb") as file:
        content = bytearray(file.read())
    (size,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + size])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        flat = torch.frombuffer(content[8 + size + start : 8 + size + end], dtype=torch.float32)
        tensors[name] = flat.reshape(entry["shape"]).clone()
    return tensors
