"""What one connection may ask of the server, in bytes and seconds."""

from typing import Final

HEAD: Final = 64 << 10
"""Bytes of a request's line and headers; and of what stands between and behind the chunks of its body."""

SMALL: Final = 64 << 10
"""Bytes of a body that anybody may send before it is looked who they are."""

BODY: Final = 8 << 20
"""Bytes of the longest body that is kept. The app has limits of its own, and says so of what is longer."""

HELD: Final = 128 << 20
"""Bytes of bodies that are kept at the same time, of all connections together."""

DISCARDED: Final = 16 << 20
"""Bytes of one request that are read. What is beyond `BODY` is thrown away, so that its sender gets to hear the answer: to one
that is still sending, a closed connection hides it."""

CONNECTIONS: Final = 4_096
"""Connections at the same time, and never more than half of the files that the process may open."""

WAITING: Final = 100
"""Requests that may wait on a connection for the one under way; with the next one it ends, and what comes then is not read."""

PATIENCE: Final = 10.0
"""Seconds from the first byte of a request to its last; each `A_SECOND` of bytes earns it one more."""

A_SECOND: Final = 32 << 10

IDLE: Final = 75.0
"""Seconds that a connection may stay open with no request on it, also while the end of the last answer was not read."""

UNREAD: Final = 30.0
"""Seconds in which the other side has to read on when an answer fills what the system keeps for it."""
