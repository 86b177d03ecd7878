"""What differs between the shop on a laptop and the shop in production."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Settings:
    url: str
    """Where the shop is reached from outside: the service calls back here, and the person returns here."""
    database: str = "shop.sqlite3"
    client: dict[str, Any] = field(default_factory=dict, repr=False)
    """Options of the client; keys, region and endpoint are otherwise those of the environment."""
    client_script: str | None = None
    """The URL of the service's script, which gives ``getMetaInfo()`` to the page. The emulator does without."""
    ask_every: float = 30
    """Seconds after which the page of a person who waits asks the service, and again."""
    sweep_every: float = 600
    """Seconds between questions about all who have not come to an end."""

    @classmethod
    def from_environment(cls) -> Settings:
        return cls(
            url=os.environ["SHOP_URL"],
            database=os.environ.get("SHOP_DATABASE", "shop.sqlite3"),
            client_script=os.environ.get("SHOP_CLIENT_SCRIPT"),
        )
