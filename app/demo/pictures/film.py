"""A short film of a product: out where it comes from, then turning before the camera."""

from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
from PIL import Image, ImageFilter

from app.demo.pictures import keys

_RATE = 20
_WALK, _TURN = 4, 5  # seconds


def film(panorama: Image.Image, frames: list[Image.Image]) -> bytes:
    """An MP4 (H.264) of FILM_SECONDS: round the panorama, then the spin's frames, one blending into the other."""
    with TemporaryDirectory() as folder:  # the index is moved to the front in a second pass over a real file
        path = Path(folder, "film.mp4")
        _encode(path, panorama, frames)
        return path.read_bytes()


def _encode(path: Path, panorama: Image.Image, frames: list[Image.Image]) -> None:
    width, height = keys.FILM
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream(
            "libx264", rate=_RATE, options={"crf": "25", "preset": "veryfast", "threads": "1"}
        )
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(keys.FILM_SECONDS * _RATE):
            picture = _picture(panorama, frames, number / _RATE)
            for packet in stream.encode(_frame(picture)):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)


def _frame(picture: Image.Image) -> av.VideoFrame:
    return av.VideoFrame.from_ndarray(np.asarray(picture), format="rgb24")


def poster(panorama: Image.Image, frames: list[Image.Image]) -> Image.Image:
    """The film's still: the product, as it is when it has half turned."""
    return _picture(panorama, frames, _WALK + _TURN / 2)


def _picture(panorama: Image.Image, frames: list[Image.Image], second: float) -> Image.Image:
    if second >= _WALK + 0.5:
        return _turning(frames, second - _WALK)
    outside = _walking(panorama, second / (_WALK + _TURN))
    if second <= _WALK - 0.5:
        return outside
    return Image.blend(outside, _turning(frames, max(second - _WALK, 0)), second - _WALK + 0.5)


def _walking(panorama: Image.Image, share: float) -> Image.Image:
    high = panorama.height * 0.42
    wide = high * keys.FILM[0] / keys.FILM[1]
    left = share * (panorama.width - wide)
    top = panorama.height * 0.3
    return panorama.resize(keys.FILM, Image.Resampling.BILINEAR, (left, top, left + wide, top + high))


def _turning(frames: list[Image.Image], second: float) -> Image.Image:
    place = second / _TURN * len(frames)
    first, second_one = frames[int(place) % len(frames)], frames[(int(place) + 1) % len(frames)]
    product = Image.blend(first, second_one, place % 1)
    width, height = keys.FILM
    square = product.resize((height, height), Image.Resampling.BILINEAR)
    # the paper goes on at both sides as it is at the left, where no shadow falls
    whole = square.crop((0, 0, 4, height)).resize(keys.FILM).filter(ImageFilter.GaussianBlur(30))
    fade = np.clip(np.minimum(np.arange(height), np.arange(height)[::-1]) / 90, 0, 1) * 255
    whole.paste(square, ((width - height) // 2, 0), Image.fromarray(np.tile(fade.astype(np.uint8), (height, 1))))
    return whole
