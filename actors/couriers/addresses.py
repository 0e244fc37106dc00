"""Which addresses a webhook may go to: those of the public internet, and what the operator lists."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Network = IPv4Network | IPv6Network

TRANSLATED = IPv6Network("64:ff9b::/96")
"""Addresses that a gateway makes from those of the former internet, private ones among them."""


def is_allowed(text: str, allowed: Sequence[Network]) -> bool:
    """Whether an address is public, or in one of these networks. False of what is no address."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    inner = _carried(address)
    if any(inner in network for network in allowed if network.version == inner.version):
        return True
    return inner.is_global and not inner.is_multicast


def _carried(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Give the address that another one stands for, or carries inside."""
    if isinstance(address, IPv4Address):
        return address
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None) or address
