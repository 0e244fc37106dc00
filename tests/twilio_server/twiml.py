"""TwiML: what a webhook wants said and asked in a call."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass

WORDS_A_SECOND = 2.5


@dataclass(frozen=True, slots=True)
class Say:
    """Says a text."""

    text: str

    @property
    def seconds(self) -> float:
        """How long it takes."""
        return len(self.text.split()) / WORDS_A_SECOND


@dataclass(frozen=True, slots=True)
class Pause:
    """Says nothing for a while."""

    seconds: float = 1.0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Gather:
    """Asks, and takes keys. `action` is None where the same URL is asked again."""

    prompts: tuple[Say | Pause, ...] = ()
    action: str | None = None
    method: str = "POST"
    digits: int | None = None
    timeout: float = 5.0
    finish_on: str = "#"
    even_if_empty: bool = False


@dataclass(frozen=True, slots=True)
class Redirect:
    """Goes on with what another URL says."""

    url: str
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Hangup:
    """Ends the call."""


Verb = Say | Pause | Gather | Redirect | Hangup


class BadTwiml(Exception):
    """Raised when a document is none, or holds what this server does not know; `code` is Twilio's error."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.code = code


def read(document: str) -> list[Verb]:
    """Read a document. Raises `BadTwiml`."""
    try:
        root = ET.fromstring(document.encode())
    except (ET.ParseError, ValueError) as error:
        raise BadTwiml(12100, f"no XML: {error}") from None
    if root.tag != "Response":
        raise BadTwiml(12100, f"the document is a {root.tag}, not a Response")
    try:
        return [_verb(one) for one in root]
    except ValueError as error:
        raise BadTwiml(12200, f"an attribute is no number: {error}") from None


def _verb(element: ET.Element) -> Verb:
    said = element.attrib
    if element.tag in {"Say", "Pause"}:
        return _prompt(element)
    if element.tag == "Gather":
        _allowed(element, "input", "action", "method", "numDigits", "timeout", "finishOnKey", "actionOnEmptyResult",
                "language", "hints", "speechTimeout", "bargeIn")  # fmt: skip
        digits = said.get("numDigits")
        return Gather(
            tuple(_prompt(one) for one in element),
            said.get("action"),
            said.get("method", "POST"),
            int(digits) if digits else None,
            float(said.get("timeout", 5)),
            said.get("finishOnKey", "#"),
            said.get("actionOnEmptyResult") == "true",
        )
    if element.tag == "Redirect":
        _allowed(element, "method")
        return Redirect((element.text or "").strip(), said.get("method", "POST"))
    if element.tag == "Hangup":
        _allowed(element)
        return Hangup()
    raise BadTwiml(12200, f"{element.tag} is no verb that this server knows")


def _prompt(element: ET.Element) -> Say | Pause:
    if element.tag == "Pause":
        _allowed(element, "length")
        return Pause(float(element.attrib.get("length", 1)))
    if element.tag == "Say":
        _allowed(element, "language", "voice", "loop")
        text = " ".join("".join(element.itertext()).split())
        return Say(" ".join([text] * int(element.attrib.get("loop", 1))))
    raise BadTwiml(12200, f"{element.tag} cannot be said")


def _allowed(element: ET.Element, *names: str) -> None:
    """Check that an element has no attribute but these. Raises `BadTwiml`."""
    for name in element.attrib:
        if name not in names:
            raise BadTwiml(12200, f"{element.tag} has no attribute {name}")
