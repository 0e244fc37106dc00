"""The URLs that Twilio is given with a message. Each carries the message's key, so that the first call back names it."""

from urllib.parse import quote

STATUS = "/twilio/status"
"""What became of a text is posted to this path, "/" and the key."""
VOICE = "/twilio/voice"
"""Whoever answers a call hears what is given at this path, "/" and the key."""
CALL = "/twilio/call"
"""What became of a call is posted to this path, "/" and the key."""

RETRIES = "#rc=3&rp=ct,5xx,rt&ct=2000&rt=4000&tt=15000"
"""How Twilio asks again: up to three times within its 15 seconds. It is neither sent nor signed."""


def callback_url(public_url: str, path: str, key: str) -> str:
    """Give the URL of a path for one message."""
    return f"{public_url}{path}/{quote(key, safe='')}{RETRIES}"
