"""Makes the reference images of this folder: python make.py (numpy, Pillow)."""

import base64
import io
import json
import struct
import zlib

import numpy as np
import PIL
from PIL import Image

random = np.random.default_rng(7)
FILTERS = {"nearest": 0, "lanczos": 1, "bilinear": 2, "bicubic": 3}


def encode(raw):
    return base64.b64encode(bytes(raw)).decode()


def saved(image, format, **options):
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def png16(values, colour_type):
    """A 16-bit PNG, which Pillow cannot write for colour."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    height, width = values.shape[:2]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    header = struct.pack(">IIBBBBB", width, height, 16, colour_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def resampled():
    """A noisy image (all weights matter, overshoot included) to smaller, larger, mixed and unchanged sizes."""
    source = Image.fromarray((random.random((17, 23, 3)) * 256).astype(np.uint8))
    cases = []
    for height, width in [(5, 7), (33, 40), (9, 50), (17, 11), (30, 23), (17, 23)]:
        for name, filter in FILTERS.items():
            result = source.resize((width, height), filter)
            cases.append({"size": [height, width], "interpolation": name, "rgb": encode(result.tobytes())})
    return {"height": 17, "width": 23, "rgb": encode(source.tobytes()), "cases": cases}


def decoded():
    y, x = np.mgrid[0:16, 0:24]
    smooth = np.stack([(x * 8) % 256, (y * 10) % 256, ((x + y) * 5) % 256], -1).astype(np.uint8)
    noise = (random.random((4, 5, 4)) * 256).astype(np.uint8)
    deep = (random.random((4, 5, 3)) * 65536).astype(np.uint16)
    colour = Image.fromarray(smooth)
    turned = Image.Exif()
    turned[0x112] = 6
    cmyk = Image.fromarray(np.concatenate([smooth, 255 - smooth[..., :1]], -1), "CMYK")
    palette = Image.fromarray(noise[..., :3]).quantize(8)
    files = {
        "colour PNG": saved(Image.fromarray(noise[..., :3]), "PNG"),
        "PNG with transparency": saved(Image.fromarray(noise), "PNG"),
        "greyscale PNG": saved(Image.fromarray(noise[..., 0]), "PNG"),
        "greyscale PNG with transparency": saved(Image.fromarray(noise[..., :2], "LA"), "PNG"),
        "palette PNG": saved(palette, "PNG"),
        "palette PNG with a transparent colour": saved(palette, "PNG", transparency=3),
        "1-bit PNG": saved(Image.fromarray(noise[..., 0] > 128), "PNG"),
        "16-bit colour PNG": png16(deep, 2),
        "JPEG": saved(colour, "JPEG", quality=85),
        "greyscale JPEG": saved(colour.convert("L"), "JPEG"),
        "progressive JPEG": saved(colour, "JPEG", progressive=True),
        "JPEG turned by EXIF": saved(colour, "JPEG", exif=turned),
        "CMYK JPEG": saved(cmyk, "JPEG", quality=90),
        "CMYK TIFF": saved(cmyk, "TIFF"),
        "lossy WebP": saved(colour, "WEBP", quality=80),
        "GIF": saved(colour, "GIF"),
    }
    cases = []
    for name, file in files.items():
        rgb = Image.open(io.BytesIO(file)).convert("RGB")
        cases.append({"name": name, "file": encode(file), "height": rgb.height, "width": rgb.width, "rgb": encode(rgb.tobytes())})
    grey = np.array([[0, 255, 256], [4660, 32768, 65535]], np.uint16)
    return {"cases": cases, "grey16": encode(png16(grey, 0))}


for name, value in {"resampled": resampled(), "decoded": decoded()}.items():
    with open(f"{name}.json", "w") as file:
        json.dump({"pillow": PIL.__version__, **value}, file, indent=1)
        file.write("\n")
