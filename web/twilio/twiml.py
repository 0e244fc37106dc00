"""What Twilio is told to do, in its own XML (TwiML)."""

from xml.etree.ElementTree import Element, tostring

from flask import Response

NOTHING = b"<Response/>"


def respond(*verbs: Element) -> Response:
    """Answer with these verbs; with none, Twilio does nothing more. It must be told that it is XML."""
    if not verbs:
        return Response(NOTHING, content_type="text/xml")
    root = Element("Response")
    root.extend(verbs)
    return Response(tostring(root), content_type="text/xml; charset=utf-8")
