"""Pages drawn with the plain strokes of OpenCV, so that no font is needed, and their damage."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from extract.scan.picture import Grey, Picture, Pixels

DPI = 200


@dataclass(frozen=True)
class Table:
    """Where the rules of a drawn table lie, in pixels, and which cells are merged:
    (row, column, rowspan, colspan)."""

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def cells(self) -> set[tuple[int, int, int, int]]:
        """Row, column and spans of every cell."""
        covered = {
            (r, c)
            for row, column, down, across in self.merged
            for r in range(row, row + down)
            for c in range(column, column + across)
        }
        single = {
            (r, c, 1, 1)
            for r in range(len(self.rows) - 1)
            for c in range(len(self.columns) - 1)
            if (r, c) not in covered
        }
        return single | set(self.merged)


TABLE = Table(
    rows=(120, 170, 220, *range(265, 1000, 45)),
    columns=(90, 260, 400, 560, 700, 860, 1010, 1150),
    merged=((0, 0, 2, 1), (0, 1, 1, 3), (0, 4, 1, 2), (0, 6, 2, 1)),
)


def figure(row: int, column: int) -> str:
    """What a cell prints: figures of every length, some blank, some a lone dash or one."""
    if (row + 2 * column) % 7 == 3:
        return ""
    if (row + column) % 9 == 4:
        return "-" if row % 2 else "1"
    return str((row * 7919 + column * 104729) % 10 ** (1 + (row + column) % 6))


def page(table: Table = TABLE, size: tuple[int, int] = (1150, 1250), ink: int = 20) -> Pixels:
    """The table with a figure in the middle of every cell, dark on light."""
    pixels = np.full((*size, 3), 248, np.uint8)
    for row, column, down, across in sorted(table.cells):
        x0, x1 = table.columns[column], table.columns[column + across]
        y0, y1 = table.rows[row], table.rows[row + down]
        cv2.rectangle(pixels, (x0, y0), (x1, y1), (ink, ink, ink), 2)
        write(pixels, figure(row, column), ((x0 + x1) // 2, (y0 + y1) // 2), ink)
    write(pixels, "2021 - 2022", (620, 60), ink, 1.4)
    return pixels


def write(pixels: Pixels, text: str, middle: tuple[int, int], ink: int, size: float = 0.8) -> None:
    """Print a text around a point."""
    (wide, high), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, size, 2)
    at = (middle[0] - wide // 2, middle[1] + high // 2)
    cv2.putText(pixels, text, at, cv2.FONT_HERSHEY_SIMPLEX, size, (ink,) * 3, 2, cv2.LINE_AA)


def skewed(pixels: Pixels, degrees: float) -> Pixels:
    """Turned against the clock, the corners paper."""
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    turned = cv2.warpAffine(
        pixels, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(248,) * 3
    )
    return np.asarray(turned, np.uint8)


def sealed(pixels: Pixels, colour: tuple[int, int, int], centre: tuple[int, int]) -> Pixels:
    """Stamped with a ring and a bar; ink over ink is darker than either."""
    seal = np.full_like(pixels, 255)
    cv2.circle(seal, centre, 150, colour, 9, cv2.LINE_AA)
    cv2.line(seal, (centre[0] - 60, centre[1]), (centre[0] + 60, centre[1] + 40), colour, 12)
    return np.asarray(pixels.astype(float) * seal / 255, np.uint8)


def faded(pixels: Pixels, share: float, noise: float, seed: int = 1) -> Pixels:
    """Ink lightened to a share of its darkness, with grain."""
    grain = np.random.default_rng(seed).normal(0, noise, pixels.shape[:2])[..., None]
    light = 248 - (248 - pixels.astype(float)) * share + grain
    return np.asarray(light.clip(0, 255), np.uint8)


def one_bit(pixels: Pixels, salt: float, seed: int = 1) -> Pixels:
    """Black and white only, with some pixels of each that should be the other."""
    black = pixels[..., 0] < 140
    flip = np.random.default_rng(seed).random(black.shape) < salt
    grey: Grey = np.where(black ^ flip, 0, 255).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)


def broken(pixels: Pixels, table: Table, share: float, seed: int = 1) -> Pixels:
    """With pieces of the rules gone, but not of the figures."""
    random = np.random.default_rng(seed)
    out = pixels.copy()
    for y in table.rows:
        for x in range(table.columns[0] + 6, table.columns[-1] - 24, 24):
            if random.random() < share:
                out[y - 3 : y + 4, x : x + 18] = 248
    for x in table.columns:
        for y in range(table.rows[0] + 6, table.rows[-1] - 24, 24):
            if random.random() < share:
                out[y : y + 18, x - 3 : x + 4] = 248
    return out


def doubled(table: Table) -> Pixels:
    """With the outer rules and every third level one drawn double."""
    pixels = page(table)
    for y in (table.rows[0], table.rows[-1]):
        cv2.line(pixels, (table.columns[0], y + 7), (table.columns[-1], y + 7), (20,) * 3, 2)
    return pixels


def picture(pixels: Pixels) -> Picture:
    """As scanned at the usual resolution."""
    return Picture(pixels, DPI)


def enlarged(shown: Picture, dpi: float) -> Picture:
    """The same page scanned at another resolution."""
    share = dpi / shown.dpi
    way = cv2.INTER_AREA if share < 1 else cv2.INTER_CUBIC
    pixels = cv2.resize(shown.pixels, None, fx=share, fy=share, interpolation=way)
    return replace(shown, pixels=np.asarray(pixels, np.uint8), dpi=dpi)
