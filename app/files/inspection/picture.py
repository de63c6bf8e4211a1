"""Pictures: unpacked, turned upright and written anew, so that nothing but the picture is kept.

EXIF goes with the old file: the place a photo was taken at is personal (PIPL article 28). So does whatever else
was hidden in the file or behind its end.
"""

from typing import IO, Any

from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from app.files.inspection.verdict import Unsafe, Verdict
from app.files.rules import JPEG, MAX_PIXELS, MAX_SIDE, PNG, WEBP

MAX_PROFILE = 4096  # bytes of a colour profile that is kept: those of phones have 500 to 3,200
_FORMATS = {JPEG.content_type: "JPEG", PNG.content_type: "PNG", WEBP.content_type: "WEBP"}
_MODES = {"JPEG": {"L", "RGB"}, "PNG": {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"}, "WEBP": {"RGB", "RGBA"}}


def inspect(source: IO[bytes], target: IO[bytes], content_type: str) -> Verdict:
    """Writes the picture in `source` anew to `target`, in the same format.

    Raises:
        Unsafe: more pixels than a phone makes, or more than one picture.
        Exception: whatever Pillow raises on a broken file.
    """
    name = _FORMATS[content_type]
    with _opened(source, name) as image:
        if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
            raise Unsafe("too many pixels")
        if name != "JPEG" and getattr(image, "n_frames", 1) > 1:  # a phone's JPEG may hold a second view
            raise Unsafe("a moving picture")
        profile = image.info.get("icc_profile") or b""
        image.load()
        upright = ImageOps.exif_transpose(image)
        if upright.mode not in _MODES[name]:
            upright = upright.convert("RGBA" if name != "JPEG" and "A" in upright.getbands() else "RGB")
        upright.info = {key: upright.info[key] for key in ("transparency",) if key in upright.info}
        kept = profile if len(profile) <= MAX_PROFILE and upright.mode == image.mode else None
        upright.save(target, name, icc_profile=kept, **_quality(image, upright))
        return Verdict(upright.width, upright.height, is_rewritten=True)


def _quality(image: Image.Image, upright: Image.Image) -> dict[str, Any]:
    """A JPEG's own tables again, so that it loses next to nothing and grows by nothing."""
    if isinstance(image, JpegImageFile) and upright.mode == image.mode:
        return {"qtables": image.quantization, "subsampling": get_sampling(image)}
    return {"quality": 90}


def _opened(source: IO[bytes], name: str) -> Image.Image:
    try:
        return Image.open(source, formats=[name])
    except Image.DecompressionBombError:  # far more still than is asked below
        raise Unsafe("too many pixels") from None
