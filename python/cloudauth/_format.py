# Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.
"""What a picture can be."""

from __future__ import annotations

from typing import Literal, TypeAlias

ImageFormat: TypeAlias = Literal["jpeg", "png", "webp", "gif", "bmp", "unknown"]
