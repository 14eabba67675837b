"""The recogniser of RapidOCR (PP-OCRv6 small), run without what surrounds it there.

The model lies inside the wheel of `rapidocr`; nothing is fetched. RapidOCR's own pipeline pads
every crop to 320 pixels and turns short ones upside down (909 becomes 606); here crops of like
width go together and nothing is turned.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from schemas.errors import MissingExtraError

Floats = npt.NDArray[np.float32]

Reading = TypeVar("Reading")

HEIGHT = 48
"""Of what the recogniser reads, in pixels."""

FRAME = 8
"""The recogniser says something for every so many pixels of width."""

_RECOGNISER = "models/PP-OCRv6_rec_small.onnx"
# Strips that are read at once, and the width to which the narrowest are filled up.
_BATCH = 8
_NARROWEST = 32


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A loaded model. `characters` are its classes in order, the first being "nothing here"."""

    session: Any = field(repr=False)
    characters: tuple[str, ...]

    def run(self, batch: Floats) -> Floats:
        """The first output for one batch: count x channels x height x width, -1 dark to 1 light."""
        entry = self.session.get_inputs()[0].name
        return np.asarray(self.session.run(None, {entry: batch})[0], np.float32)


@cache
def recogniser() -> Network:
    """The recogniser, loaded once a process. Raises MissingExtraError."""
    session = _load(_RECOGNISER)
    listed = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return Network(session, ("", *listed, " "))


def _load(model: str) -> Any:
    try:
        import onnxruntime  # noqa: PLC0415 - an extra, and heavy
    except ModuleNotFoundError as error:
        raise _missing(f"{error.name} is not installed") from error
    # Found, not imported: the pipeline of the package is not needed, nor what it loads.
    package = find_spec("rapidocr")
    if package is None or not package.submodule_search_locations:
        raise _missing("rapidocr is not installed")
    path = Path(package.submodule_search_locations[0]) / model
    if not path.is_file():
        raise _missing(f"the installed rapidocr has no {path.name}")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    # The arena never gives memory back; batches of many widths would let it grow.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _missing(why: str) -> MissingExtraError:
    return MissingExtraError(f"a picture needs the extra 'ocr': {why}")


def read_strips(
    strips: Sequence[npt.NDArray[np.uint8]], decode: Callable[[Floats], Reading]
) -> tuple[Reading, ...]:
    """What `decode` makes of each strip (48 x width, grey), in their order.

    It is given the recogniser's belief in every class, frame by frame: frames x classes, each frame
    adding up to 1. Those of a page take 300 MB, so they are decoded batch by batch. Strips of like
    width are read together. Raises MissingExtraError.
    """
    found: dict[int, Reading] = {}
    order = sorted(range(len(strips)), key=lambda i: strips[i].shape[1])
    for at in range(0, len(order), _BATCH):
        members = order[at : at + _BATCH]
        beliefs = recogniser().run(_batch([strips[i] for i in members]))
        found.update(zip(members, map(decode, beliefs), strict=True))
    return tuple(found[i] for i in range(len(strips)))


def _batch(strips: Sequence[npt.NDArray[np.uint8]]) -> Floats:
    """Grey strips side by side, filled up on the right with the middle grey of the training."""
    widest = max(_NARROWEST, *(strip.shape[1] for strip in strips))
    width = -(-widest // FRAME) * FRAME
    batch = np.zeros((len(strips), 3, HEIGHT, width), np.float32)
    for member, strip in zip(batch, strips, strict=True):
        member[:, :, : strip.shape[1]] = strip.astype(np.float32) / 127.5 - 1
    return batch
