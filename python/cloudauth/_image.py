"""A picture."""

from __future__ import annotations

from typing import Literal

from ._compat import TypedDict

# Written as a call: in a class body, the key would hide the type of its own name.
Image = TypedDict("Image", {"bytes": bytes, "format": Literal["jpeg", "png", "webp", "gif", "bmp", "unknown"]})
"""A picture's file; ``format`` is that of its first bytes."""
