"""The centre's event loop: who opens a line and says nothing is counted before its TLS."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any, Protocol

FACTORY = f"{__name__}:DoorLoop"
"""As uvicorn names it."""
_SHAKING_S = 10.0


class Guard(Protocol):
    """Who counts lines from their first moment."""

    def begins(self, address: str) -> bool:
        """Whether there is room for one more line from there, counted until it `has_begun`."""
        ...

    def has_begun(self, address: str) -> None:
        """Its TLS has come about, or never will."""
        ...


class DoorLoop(asyncio.SelectorEventLoop):
    """asyncio tells a protocol of a line once its TLS has come about, and waits a minute for that:
    meanwhile each takes memory, and nobody counts it."""

    guard: Guard | None = None

    async def create_server(self, *args: Any, **options: Any) -> asyncio.Server:
        """As asyncio's; TLS comes about in seconds, or not at all."""
        if options.get("ssl") is not None:
            options.setdefault("ssl_handshake_timeout", _SHAKING_S)
        return await super().create_server(*args, **options)

    # asyncio has no public place between the line's coming and its TLS.
    async def _accept_connection2(
        self, factory: Callable[[], Any], conn: socket.socket, extra: dict[str, Any], *rest: Any
    ) -> None:
        address, guard = str(extra["peername"][0]), self.guard
        if guard is None:
            await super()._accept_connection2(factory, conn, extra, *rest)  # type: ignore[misc]
            return
        if not guard.begins(address):
            conn.close()
            return
        try:
            await super()._accept_connection2(factory, conn, extra, *rest)  # type: ignore[misc]
        finally:
            guard.has_begun(address)
