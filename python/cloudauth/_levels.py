# Generated from core/schema/events.toml by `cargo xtask generate`; do not edit.
"""The levels of the log."""

from __future__ import annotations

LEVELS = (40, 30, 20, 10, 5)
"""As ``logging`` has them, by the library's numbers from 1; the last one is beyond Python's own."""
