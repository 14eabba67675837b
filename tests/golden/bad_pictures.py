"""Pictures that are broken, endless or made to harm, and odd ones that can be read."""

import io
import struct
import zlib

import numpy as np
from PIL import Image, ImageFilter

from tests.golden.bad_pages import drawn_table


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    packed = io.BytesIO()
    image.save(packed, kind, **options)
    return packed.getvalue()


def large_png(side: int = 17_000) -> bytes:
    """White; few bytes and many pixels."""
    return _saved(Image.new("1", (side, side), 1), "PNG")


def png_that_claims(side: int) -> bytes:
    """A header with a size, and hardly any pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 10_000)), (b"IEND", b"")]
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def cut_off(kind: str, share: float = 0.5) -> bytes:
    """The first part of a picture."""
    with Image.open(io.BytesIO(photograph())) as image:
        data = _saved(image, kind)
    return data[: int(share * len(data))]


def many_frames(count: int = 10_000) -> bytes:
    """A TIFF of many pages of one dot each."""
    directory = 2 + 12 * 8 + 4
    out = io.BytesIO()
    out.write(struct.pack("<2sHI", b"II", 42, 8))
    for n in range(count):
        tags = {256: 1, 257: 1, 258: 8, 259: 1, 262: 1, 273: 8, 278: 1, 279: 1}
        following = 8 + directory * (n + 1) if n + 1 < count else 0
        out.write(_directory(tags, following))
    return out.getvalue()


def _directory(tags: dict[int, int], following: int) -> bytes:
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
    return struct.pack("<H", len(tags)) + entries + struct.pack("<I", following)


def frames_in_a_ring() -> bytes:
    """A TIFF whose second page is followed by its first."""
    data = bytearray(many_frames(2))
    data[-4:] = struct.pack("<I", 8)
    return bytes(data)


def animation(frames: int) -> bytes:
    """A GIF that moves: frames of different grey."""
    images = [Image.new("L", (60, 40), 40 + n % 200) for n in range(frames)]
    return _saved(images[0], "GIF", save_all=True, append_images=images[1:], duration=40)


def cmyk_jpeg() -> bytes:
    return _saved(drawn_table().convert("CMYK"), "JPEG", quality=92, dpi=(150, 150))


def deep_png() -> bytes:
    """Sixteen bits a dot."""
    levels = np.asarray(drawn_table(), np.uint16) * 257
    return _saved(Image.fromarray(levels), "PNG", dpi=(150, 150))


def photograph() -> bytes:
    """Soft light and noise; nothing is written on it."""
    rng = np.random.default_rng(7)
    coarse = Image.fromarray(rng.integers(0, 255, (6, 8, 3), np.uint8))
    soft = coarse.resize((800, 600), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(9))
    grain = np.asarray(soft, np.int16) + rng.integers(-9, 9, (600, 800, 3), np.int16)
    return _saved(Image.fromarray(grain.clip(0, 255).astype(np.uint8)), "JPEG", quality=85)


def white() -> bytes:
    return _saved(Image.new("L", (1240, 1754), 255), "PNG")


def one_dot() -> bytes:
    return _saved(Image.new("L", (1, 1), 255), "PNG")
