"""What scanning does to a page, in graded strength."""

from dataclasses import dataclass
from enum import Enum
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.scans.seals import Seal, stamped

Pixels = NDArray[np.uint8]
Matrix = NDArray[np.float64]


class Turn(Enum):
    """How the page lies in the picture, in degrees against the clock."""

    NONE = 0
    LEFT = 90
    OVER = 180
    RIGHT = 270


@dataclass(frozen=True, slots=True)
class Damage:
    """How a page was scanned. Shares and strengths run from 0 (none) to 1.

    `skew` is in degrees against the clock; `seals` are stamped over the page; `fade` lightens as a
    worn photocopier does (0.7 is hard to read); `one_bit` thresholds as fax and archive scanners
    do; `jpeg` is the quality of a JPEG step (None without one); `broken` and `doubled` are the
    shares of the rules that are broken away and drawn double; `edges` is the darkness of the
    borders; `salt` the share of flipped pixels; `blur` the radius in pixels at 200 dpi.
    """

    dpi: int = 200
    turn: Turn = Turn.NONE
    skew: float = 0
    seals: tuple[Seal, ...] = ()
    fade: float = 0
    one_bit: bool = False
    jpeg: int | None = None
    broken: float = 0
    doubled: float = 0
    edges: float = 0
    salt: float = 0
    blur: float = 0
    grey: bool = False


def damaged(
    page: Image.Image, damage: Damage, issuer: str, random: Random
) -> tuple[Image.Image, Matrix]:
    """The scan of a clean page at `damage.dpi`, and the affine 2 x 3 way of its pixels: from the
    clean page to the scan."""
    picture = stamped(page.convert("RGB"), damage.seals, damage.dpi, issuer, random)
    pixels: Pixels = np.asarray(picture, np.uint8).copy()
    noise = np.random.default_rng(random.getrandbits(32))
    if damage.fade:
        pixels = _faded(pixels, damage.fade, damage.dpi, noise)
    pixels, way = _skewed(pixels, damage.skew)
    if damage.edges:
        pixels = _edged(pixels, damage.edges, random)
    pixels, way = _turned(pixels, way, damage.turn)
    if damage.blur:
        pixels = np.asarray(
            cv2.GaussianBlur(pixels, (0, 0), damage.blur * damage.dpi / 200), np.uint8
        )
    if damage.grey or damage.one_bit:
        pixels = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    if damage.salt:
        pixels = _salted(pixels, damage.salt, noise)
    if damage.one_bit:
        pixels = np.where(pixels < 150, 0, 255).astype(np.uint8)
    if damage.jpeg is not None:
        flags = [cv2.IMWRITE_JPEG_QUALITY, damage.jpeg]
        coded = cv2.imencode(".jpg", pixels[..., ::-1] if pixels.ndim == 3 else pixels, flags)[1]
        decoded = np.asarray(cv2.imdecode(coded, cv2.IMREAD_UNCHANGED), np.uint8)
        pixels = decoded[..., ::-1].copy() if decoded.ndim == 3 else decoded
    image = Image.fromarray(pixels)
    return (image.convert("1") if damage.one_bit else image), way


def _faded(pixels: Pixels, strength: float, dpi: int, noise: np.random.Generator) -> Pixels:
    """Ink lightened unevenly on a greyish ground with grain."""
    high, wide = pixels.shape[:2]
    coarse = noise.uniform(-1, 1, (high // (dpi // 3) + 2, wide // (dpi // 3) + 2))
    patches = cv2.resize(coarse.astype(np.float32), (wide, high), interpolation=cv2.INTER_CUBIC)
    keep = np.clip(1 - strength * (0.92 + 0.16 * patches), 0.08, 1)[..., None]
    ground = 255 - 18 * strength
    light = ground - (255 - pixels.astype(np.float32)) * keep
    grain = noise.normal(0, 9 * strength, (high, wide, 1))
    return np.asarray(np.clip(light + grain, 0, 255), np.uint8)


def _skewed(pixels: Pixels, degrees: float) -> tuple[Pixels, Matrix]:
    high, wide = pixels.shape[:2]
    way = np.asarray(cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0), np.float64)
    if not degrees:
        return pixels, way
    done = cv2.warpAffine(
        pixels, way, (wide, high), flags=cv2.INTER_LINEAR, borderValue=(250, 250, 250)
    )
    return np.asarray(done, np.uint8), way


def _edged(pixels: Pixels, strength: float, random: Random) -> Pixels:
    """Dark borders of an open lid: one or two sides, fading inwards."""
    high, wide = pixels.shape[:2]
    done = pixels.astype(np.float32)
    for side in random.sample(("left", "right", "top", "bottom"), 2):
        across = wide if side in ("left", "right") else high
        depth = max(8, int(across * random.uniform(0.008, 0.025)))
        ramp = 1 - strength * np.clip(1.3 - np.arange(depth) / depth, 0, 1)
        mask = np.ones(across, np.float32)
        mask[:depth] = ramp
        if side in ("right", "bottom"):
            mask = mask[::-1]
        done *= mask[None, :, None] if side in ("left", "right") else mask[:, None, None]
    return done.astype(np.uint8)


def _turned(pixels: Pixels, way: Matrix, turn: Turn) -> tuple[Pixels, Matrix]:
    high, wide = pixels.shape[:2]
    steps = {
        Turn.NONE: ((1, 0, 0), (0, 1, 0)),
        Turn.LEFT: ((0, 1, 0), (-1, 0, wide)),
        Turn.OVER: ((-1, 0, wide), (0, -1, high)),
        Turn.RIGHT: ((0, -1, high), (1, 0, 0)),
    }[turn]
    full = np.vstack([way, (0, 0, 1)])
    made = np.asarray(steps, np.float64) @ full
    return np.ascontiguousarray(np.rot90(pixels, turn.value // 90)), made


def _salted(pixels: Pixels, share: float, noise: np.random.Generator) -> Pixels:
    """Specks of one to four pixels, dark and light."""
    done = pixels.copy()
    high, wide = pixels.shape[:2]
    for value in (0, 255):
        count = int(share * high * wide / 5)
        ys, xs = noise.integers(0, high - 2, count), noise.integers(0, wide - 2, count)
        large = noise.random(count) < 0.25
        done[ys, xs] = value
        for dy, dx in ((0, 1), (1, 0), (1, 1)):
            done[ys[large] + dy, xs[large] + dx] = value
    return done
