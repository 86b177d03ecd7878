"""What differs between versions of Python."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Self
elif sys.version_info >= (3, 11):
    from typing import Self
else:
    from typing import TypeVar

    # For `typing.get_type_hints`, which looks names up.
    Self = TypeVar("Self")

if TYPE_CHECKING or sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    # Pydantic reads no other one before 3.12, and brings it.
    try:
        from typing_extensions import TypedDict
    except ImportError:
        from typing import TypedDict

__all__ = ["Self", "TypedDict"]
