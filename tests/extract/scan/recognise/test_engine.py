"""The network: there or a plain word about the extra, quiet, and never fetched."""

import builtins
from typing import Any

import pytest

from extract.scan.recognise import engine
from schemas.errors import MissingExtraError

# As in a new process: what is loaded is not looked up.
load_recogniser = engine.recogniser.__wrapped__


def test_without_the_extra_its_name_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def missing(name: str, *rest: Any, **named: Any) -> Any:
        if name == "onnxruntime":
            raise ModuleNotFoundError("No module named 'onnxruntime'", name=name)
        return load(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(MissingExtraError, match="ocr"):
        load_recogniser()


def test_loading_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    load_recogniser()
    assert capfd.readouterr() == ("", "")


def test_one_network_serves_the_whole_process() -> None:
    assert engine.recogniser() is engine.recogniser()


def test_without_the_models_the_extra_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match="rapidocr is not installed"):
        load_recogniser()
