"""The networks: there or a plain word about the extra, quiet, and never fetched."""

import builtins
from collections.abc import Iterator
from typing import Any

import pytest

from extract.scan.recognise import engine
from schemas.errors import MissingExtraError


@pytest.fixture
def unloaded() -> Iterator[None]:
    engine.detector.cache_clear()
    yield
    engine.detector.cache_clear()


def test_without_the_extra_its_name_is_said(
    unloaded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = builtins.__import__

    def missing(name: str, *rest: Any, **named: Any) -> Any:
        if name == "onnxruntime":
            raise ModuleNotFoundError("No module named 'onnxruntime'", name=name)
        return load(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(MissingExtraError, match="ocr"):
        engine.detector()


def test_loading_says_nothing(unloaded: None, capfd: pytest.CaptureFixture[str]) -> None:
    engine.detector()
    assert capfd.readouterr() == ("", "")


def test_one_network_serves_the_whole_process() -> None:
    assert engine.recogniser() is engine.recogniser()


def test_without_the_models_the_extra_is_said(
    unloaded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match="rapidocr is not installed"):
        engine.detector()
