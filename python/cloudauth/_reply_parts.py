# Generated from core/schema/typed by `cargo xtask generate`; do not edit.
"""What typed operations' replies are made of at run time."""

from __future__ import annotations

from ._parts import Reply


class Archive(Reply):
    _shown_keys = frozenset({"request_id", "outcome", "archived_at", "manifest_sha256", "deletion", "withheld_for", "afterwards"})


class Deletion(Reply):
    _shown_keys = frozenset({"request_id", "deleted"})


class Video(Reply):
    _shown_keys = frozenset({"request_id", "outcome", "length", "sha256"})


class Started(Reply):
    _shown_keys = frozenset({"request_id", "region", "endpoint", "product_code", "id_spoof", "doc_video", "authorize", "initialized_at"})


class KeepAlive(Reply):
    _shown_keys = frozenset({"request_id", "answer"})


class Status(Reply):
    _shown_keys = frozenset({"request_id", "state", "reason"})


class VerifyLog(Reply):
    _shown_keys = frozenset({"request_id", "verify_status", "passed"})
