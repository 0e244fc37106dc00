"""The address to listen on, and whether it is safe to."""

import errno
import socket
from dataclasses import dataclass
from typing import Self

from ...actors.this_machine import on_this_machine
from ...domain.errors import FirstyesError
from .settings import ServiceSettings


class UnsafeAddress(FirstyesError):
    """Raised when the service is asked to listen where its settings do not protect it; the message says how they would."""


class AddressTaken(FirstyesError):
    """Raised when the address cannot be listened on: something else does, or it is not one of this machine."""


@dataclass(frozen=True, slots=True)
class ListenAddress:
    """An IP address and a port; `named` is what the settings called it."""

    ip: str
    port: int
    named: str

    @classmethod
    def find(cls, host: str, port: int) -> Self:
        """Look the host up; the first address that is found is the one, of the older kind where there are both, so that
        "localhost" is what 127.0.0.1 is. Raises `AddressTaken` when there is none."""
        try:
            every = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
            *_, found = min(every, key=lambda one: one[0] != socket.AF_INET)
        except (OSError, UnicodeError) as error:
            raise AddressTaken(f'there is no address "{host}" to listen on') from error
        return cls(str(found[0]).partition("%")[0], port, host)

    @property
    def loopback(self) -> bool:
        """Whether only programs of this machine can reach it."""
        return on_this_machine(self.ip)

    @property
    def url(self) -> str:
        """Give the URL at which the service is found from this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.ip, self.ip)  # noqa: S104 - compared, not bound
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def dangers(self, settings: ServiceSettings) -> list[str]:
        """Say what is missing before it is safe to listen here; on loopback the API guards itself, but for a proxy that
        may stand there: with real phones it needs a token there too."""
        if self.loopback:
            if settings.real_carrier is None or settings.api_token is not None:
                return []
            return [
                "with a carrier that reaches real phones the API is never open, on no address:"
                " set FIRSTYES_API_TOKEN"
            ]
        told = []
        if settings.api_token is None:
            told.append(
                f"listening on {self.named} would let everybody who can reach it use the API:"
                " set FIRSTYES_API_TOKEN, or listen on 127.0.0.1"
            )
        if settings.carrier is None:
            told.append(
                f"listening on {self.named} means real use, and the simulated carrier texts nobody:"
                " set FIRSTYES_CARRIER=simulator if that is what you want"
            )
        return told

    def check(self, settings: ServiceSettings) -> None:
        """Raise `UnsafeAddress` when anything is missing."""
        if told := self.dangers(settings):
            raise UnsafeAddress("\n".join(told))

    def listen(self) -> socket.socket:
        """Listen here, alone. Raises `AddressTaken` when that cannot be, or somebody does already."""
        family = socket.AF_INET6 if ":" in self.ip else socket.AF_INET
        try:
            return socket.create_server((self.ip, self.port), family=family, backlog=1024)
        except OSError as error:
            why = (
                "is in use by another program" if error.errno == errno.EADDRINUSE else "cannot be listened on"
            )
            raise AddressTaken(f"{self.named}:{self.port} {why}: name another FIRSTYES_PORT") from error
