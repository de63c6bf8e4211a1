"""Colours in linear light, and the mottling of natural things."""

from zlib import crc32

import numpy as np

from app.demo.pictures.mesh import Array

Colour = str
"""As in CSS: #rrggbb."""


def rgb(colour: Colour) -> Array:
    """A colour in linear light (3,)."""
    found = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)], np.float32)
    linear: Array = found**2.2
    return linear


def mix(first: Array | Colour, second: Array | Colour, share: Array | float) -> Array:
    """From the first to the second colour by `share` (any shape; a last axis of colour is added)."""
    one = rgb(first) if isinstance(first, str) else first
    two = rgb(second) if isinstance(second, str) else second
    part = np.clip(np.asarray(share, np.float32), 0, 1)[..., None]
    mixed: Array = one + (two - one) * part
    return mixed


def noise(points: Array, scale: float, seed: str = "") -> Array:
    """Smooth mottling from -1 to 1 over points (..., 3); `scale` is about how many blotches fit a unit."""
    random = np.random.default_rng(crc32(seed.encode()))
    total = np.zeros(points.shape[:-1], np.float32)
    for octave in range(3):
        directions = random.normal(size=(4, 3)).astype(np.float32) * scale * (1.9**octave)
        phases = random.uniform(0, 7, 4).astype(np.float32)
        for direction, phase in zip(directions, phases, strict=True):
            total += np.sin(points @ direction * np.float32(2.2) + phase) / np.float32(1.9**octave)
    found: Array = np.clip(total / np.float32(4.5), -1, 1)
    return found


def specks(points: Array, scale: float, share: float, seed: str = "") -> Array:
    """0 or 1: small spots that cover about `share` of the surface."""
    value = noise(points, scale, seed)
    found: Array = np.clip((value - np.quantile(value, 1 - share)) * 12, 0, 1).astype(np.float32)
    return found


def ramp(value: Array, low: float, high: float) -> Array:
    """0 up to `low`, 1 from `high`, smooth between."""
    part = np.clip((value - low) / (high - low), 0, 1)
    found: Array = part * part * (3 - 2 * part)
    return found
