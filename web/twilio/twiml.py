"""What Twilio is told to do, in its own XML (TwiML)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

from flask import Response

from ...domain.voice.call import Turn

NOTHING = b"<Response/>"
LANGUAGES = {"es": "es-MX"}
FOR_A_KEY = 4
"""Seconds in which a key may be pressed after a sentence, before the next one."""
FOR_A_CODE = 8
"""The same, where several keys are to be pressed."""


def respond(*verbs: Element) -> Response:
    """Answer with these verbs; with none, Twilio does nothing more. It must be told that it is XML."""
    if not verbs:
        return Response(NOTHING, content_type="text/xml")
    root = Element("Response")
    root.extend(verbs)
    return Response(tostring(root), content_type="text/xml; charset=utf-8")


def turn(told: Turn, action: str = "") -> Response:
    """Say it; a key that was pressed is posted to `action`. Then hang up."""
    return respond(*_sentences(told, action), Element("Hangup"))


def ask_for_digits(said: str, language: str, action: str) -> Response:
    """Ask for several digits, which end with the pound key or a pause, and are posted to `action`. Asked twice."""
    asked = Element(
        "Gather", input="dtmf", finishOnKey="#", timeout=str(FOR_A_CODE), action=action, method="POST"
    )
    asked.append(_say(said, language))
    return respond(asked, asked, Element("Hangup"))


def come_back(said: str, language: str, to: str) -> Response:
    """Have somebody wait a moment, and ask again at `to`."""
    redirect = Element("Redirect", method="POST")
    redirect.text = to
    return respond(_say(said, language), Element("Pause", length="1"), redirect)


def _sentences(told: Turn, action: str) -> Iterator[Element]:
    for sentence in told.said:
        said = _say(sentence, told.language)
        if told.asks:
            gather = Element(
                "Gather", input="dtmf", numDigits="1", timeout=str(FOR_A_KEY), action=action, method="POST"
            )
            gather.append(said)
            yield gather
        else:
            yield said


def _say(sentence: str, language: str) -> Element:
    said = Element("Say", language=LANGUAGES.get(language, "en-US"))
    said.text = sentence
    return said
