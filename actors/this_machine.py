"""Whether a host is this machine."""

from ipaddress import ip_address


def on_this_machine(host: str) -> bool:
    """Whether a host, in small letters, is this machine, whatever is asked of it."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
