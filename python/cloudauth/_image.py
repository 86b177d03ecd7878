"""A picture."""

from __future__ import annotations

from ._compat import TypedDict

# Written as a call: in a class body, the key would hide the type of its own name.
Image = TypedDict("Image", {"bytes": bytes, "format": str})
"""A picture's file; ``format`` is jpeg, png, webp, gif, bmp or unknown, by its first bytes."""
