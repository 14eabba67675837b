"""A made archive: texts of the fixtures, drawn PDFs and scans, broken files, twins, killers.

The same numbers give the same bytes. Where no font for drawing is installed there are texts only.
"""

import io
import itertools
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
KILLERS = ("abort", "segfault", "loop", "spin", "grow", "exit", "grow_at_once")
_FOLDER = 250
_BROKEN, _TWINS, _PDFS, _SCANS = 0.05, 0.03, 0.10, 0.01
_FEW = 8
"""So many different sheets are drawn; drawing takes longer than reading."""
_SEED = 1


def make_archive(folder: Path, documents: int, killers: int) -> None:
    """Write an archive of so many documents, killers among them."""
    chance = Random(_SEED)
    texts = [path.read_bytes() for path in sorted((ROOT / "fixtures").glob("*/input.txt"))]
    drawn, scanned = _drawn()
    made: list[bytes] = []
    deaths = itertools.cycle(KILLERS)
    for number, kind in enumerate(_kinds(documents, killers, chance)):
        suffix, data = "txt", _text(chance.choice(texts), number)
        if kind == "killer":
            data = f"KILLER {next(deaths)} {number}".encode()
        elif kind == "broken":
            suffix, data = _broken(number, chance)
        elif kind == "pdf" and drawn:
            suffix, data = "pdf", chance.choice(drawn) + b"\n%% %d\n" % number
        elif kind == "scan" and scanned:
            suffix, data = "jpg", chance.choice(scanned) + b"%d" % number
        elif kind == "twin" and made:
            data = chance.choice(made)
        elif kind == "zip":
            suffix, data = "zip", _zipped(data, number)
        else:
            made.append(data)
        place = folder / f"{number // _FOLDER:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:05}.{suffix}").write_bytes(data)


def _kinds(documents: int, killers: int, chance: Random) -> Iterator[str]:
    """What each document is; the killers are spread over all."""
    deadly = set(chance.sample(range(documents), killers))
    shares = (
        ("broken", _BROKEN),
        ("twin", _TWINS),
        ("pdf", _PDFS),
        ("scan", _SCANS),
        ("zip", 0.01),
    )
    for number in range(documents):
        if number in deadly:
            yield "killer"
            continue
        drawn = chance.random()
        for kind, share in shares:
            drawn -= share
            if drawn < 0:
                yield kind
                break
        else:
            yield "text"


def _text(text: bytes, number: int) -> bytes:
    """The same notice as another document: a line more at the end."""
    return text.rstrip() + f"\n\n(第{number}份)\n".encode()


def _broken(number: int, chance: Random) -> tuple[str, bytes]:
    mark = str(number).encode()
    return chance.choice(
        [
            ("txt", b""),
            ("pdf", b"%PDF-1.7\n" + mark),
            ("docx", b"PK\3\4" + mark),
            ("zip", b"PK\3\4 torn " + mark),
            ("txt", bytes(chance.randrange(256) for _ in range(2_000))),
            ("png", b"\x89PNG\r\n\x1a\n" + mark),
        ]
    )


def _zipped(data: bytes, number: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name in ("附件1.txt", "附件/2.txt"):
            file.writestr(zipfile.ZipInfo(name), data + f"{number} {name}".encode())
    return held.getvalue()


def _drawn() -> tuple[list[bytes], list[bytes]]:
    """A few sheets as PDFs and as pictures; none where no font is installed."""
    from benchmarks.scans.fonts import FontMissingError  # noqa: PLC0415  two seconds

    try:
        from benchmarks.scans.make import (  # noqa: PLC0415
            Damage,
            Kind,
            PictureFile,
            pdf_bytes,
            picture_files,
            pictures,
            sheet,
        )

        sheets = [sheet(Kind.WIDE, seed=_SEED + n) for n in range(_FEW)]
        typed = [pdf_bytes(one) for one in sheets]
        scanned = [
            picture_files(pictures(one, Damage(skew=1), seed=_SEED)[:1], PictureFile.JPEG)[0]
            for one in sheets[:2]
        ]
    except FontMissingError as error:
        print(f"no drawn documents: {error}")
        return [], []
    return typed, scanned
