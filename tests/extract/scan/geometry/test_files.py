"""Files of pictures: what opens, what is refused before it is decoded."""

import io

import numpy as np
import pytest
from PIL import Image

from extract.scan.files import bytes_to_pictures
from schemas.errors import DamagedError, TooLargeError, UnreadableError, UnsupportedMediaError

A4 = (827, 1169)


def saved(image: Image.Image, form: str, **how: object) -> bytes:
    target = io.BytesIO()
    image.save(target, form, **how)
    return target.getvalue()


def grey(size: tuple[int, int] = A4, level: int = 200) -> Image.Image:
    return Image.new("L", size, level)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP", "JPEG2000"])
def test_every_form_gives_red_green_and_blue(form: str) -> None:
    (page,) = bytes_to_pictures(saved(grey(), form))
    assert page.pixels.shape == (1169, 827, 3)
    assert page.pixels.dtype == np.uint8
    assert abs(int(page.pixels[500, 500, 0]) - 200) < 3


def test_the_resolution_is_the_one_that_the_file_says() -> None:
    (page,) = bytes_to_pictures(saved(grey(), "PNG", dpi=(150, 150)))
    assert page.dpi == pytest.approx(150, abs=0.1)


@pytest.mark.parametrize("said", [None, (72, 72), (96, 96), (10, 10), (200, 100)])
def test_without_a_resolution_that_can_be_right_the_page_is_a4(said: object) -> None:
    how = {"dpi": said} if said else {}
    (page,) = bytes_to_pictures(saved(grey(), "PNG", **how))
    assert page.dpi == pytest.approx(100, abs=0.2)
    assert page.height == pytest.approx(842, abs=1)


def test_pages_of_a_one_bit_fax_come_in_order() -> None:
    first, second = Image.new("1", A4, 1), Image.new("1", (600, 900), 0)
    data = saved(
        first, "TIFF", save_all=True, append_images=[second], compression="group4", dpi=(200, 200)
    )
    pages = list(bytes_to_pictures(data))
    assert [page.pixels.shape for page in pages] == [(1169, 827, 3), (900, 600, 3)]
    assert [int(page.pixels.mean()) for page in pages] == [255, 0]


def test_the_orientation_of_a_camera_is_applied() -> None:
    image = grey((60, 40))
    image.paste(0, (0, 0, 10, 40))
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn clockwise shows it upright
    (page,) = bytes_to_pictures(saved(image, "JPEG", exif=exif.tobytes(), quality=95))
    assert page.pixels.shape[:2] == (60, 40)
    assert page.pixels[:8].mean() < 30


def test_what_is_transparent_is_paper() -> None:
    (page,) = bytes_to_pictures(saved(Image.new("RGBA", A4, (0, 0, 0, 0)), "PNG"))
    assert page.pixels.min() == 255


def test_sixteen_bits_keep_their_levels() -> None:
    levels = np.full((100, 80), 60000, np.uint16)
    levels[:50] = 0
    (page,) = bytes_to_pictures(saved(Image.fromarray(levels), "PNG"))
    assert page.pixels[:50].max() == 0
    assert page.pixels[50:].min() == 255


def test_a_picture_of_too_many_pixels_is_refused_before_decoding() -> None:
    data = saved(Image.new("1", (17000, 17000)), "PNG")
    assert len(data) < 100_000
    with pytest.raises(TooLargeError):
        list(bytes_to_pictures(data))


def test_too_many_pages_are_refused() -> None:
    tiny = [Image.new("1", (8, 8)) for _ in range(600)]
    data = saved(tiny[0], "TIFF", save_all=True, append_images=tiny[1:])
    with pytest.raises(TooLargeError):
        list(bytes_to_pictures(data))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP", "JPEG2000"])
@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_truncated_files_are_damaged(form: str, share: float) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (200, 150), np.uint8)
    data = saved(Image.fromarray(noise), form)
    with pytest.raises(UnreadableError):
        list(bytes_to_pictures(data[: int(len(data) * share)]))


def test_a_damaged_second_page_is_an_error() -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (200, 150), np.uint8))
    data = saved(noise, "TIFF", save_all=True, append_images=[noise], compression="tiff_lzw")
    with pytest.raises((DamagedError, UnsupportedMediaError)):
        list(bytes_to_pictures(data[: len(data) * 3 // 4]))


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"BM not a picture"])
def test_what_is_no_picture_is_an_error(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        list(bytes_to_pictures(data))
