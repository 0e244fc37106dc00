"""Whether Twilio signed a request: HMAC-SHA1 by an account's token over the URL it was given and the fields it posts.

Ours, because the official validator raises on some requests that anybody can send, and an answer of 500 is no refusal.
The URL is that which we gave to Twilio: what a request says of its own address (`Host`) is whatever its sender likes.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha1
from hmac import compare_digest
from hmac import new as hmac
from urllib.parse import urlsplit

Form = Mapping[str, Sequence[str]]
"""The fields of a form, each with its values."""

DEFAULT_PORTS = {"https": 443, "http": 80}


def signature(url: str, form: Form, token: str) -> bytes:
    """Give the signature of a form that is posted to `url`: fields in the order of their names, equal values once."""
    fields = "".join(name + value for name in sorted(form) for value in sorted(set(form[name])))
    # Nothing that Twilio sends holds half of a pair of surrogates. It is signed like anything else, and fits nothing.
    signed = (url + fields).encode("utf-8", "surrogatepass")
    return b64encode(hmac(token.encode(), signed, sha1).digest())


def is_signed(url: str, form: Form, given: str | None, tokens: Iterable[str]) -> bool:
    """Whether the signature `given` is by one of `tokens`. Twilio names the port or leaves it out, so both count.

    Never raises. It takes as long for a signature that is nearly right as for any other.
    """
    proof = (given or "").encode("utf-8", "surrogatepass")
    fits = [
        compare_digest(signature(one, form, token), proof)
        for token in tokens
        for one in with_and_without_port(url)
    ]
    return any(fits)


def with_and_without_port(url: str) -> tuple[str, ...]:
    """Give the two ways in which Twilio may write a URL of ours."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return (url,)
    here = parts.netloc
    other = f"{here}:{DEFAULT_PORTS.get(parts.scheme, 80)}" if port is None else here.removesuffix(f":{port}")
    return url, url.replace(f"//{here}", f"//{other}", 1)
