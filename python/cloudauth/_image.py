"""A picture."""

from __future__ import annotations

from ._compat import TypedDict
from ._format import ImageFormat

# Written as a call: in a class body, the key would hide the type of its own name.
Image = TypedDict("Image", {"bytes": bytes, "format": ImageFormat})
"""A picture's file; ``format`` is that of its first bytes."""
