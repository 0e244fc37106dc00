"""Consent on a caregiver's page: what they said of texts and calls, and what a coordinator states of it."""

from collections.abc import Mapping

from ...actors.records import ConsentRecord
from ...domain.consent import Consent, stated_at
from ...domain.policy import Channel

STATES = {
    "sms-yes": "agrees to texts",
    "voice-yes": "agrees to calls",
    "sms-no": "wants no texts and no calls",
    "voice-no": "wants no calls",
}
"""What can be stated of somebody, by what the form calls it."""
WAYS = {
    "spoken": "said so",
    "form": "signed a form",
    "written": "wrote so",
    "imported": "was so in another system",
}
TOLD = {
    "opted_in": "Wants to hear from you",
    "opted_out": "Wants no texts and no calls",
    "calls_refused": "Wants no calls",
}
WHAT = {Channel.SMS: "texts", Channel.VOICE: "calls"}


def filled_in(form: Mapping[str, str], zone: str | None) -> Consent:
    """Give what the form states; a day is one in `zone`, without one they say so now. Raises `ValueError`."""
    channel, _, gives = form.get("states", "").partition("-")
    day = form.get("day", "").strip()
    given = {
        "channel": channel,
        "gives": gives == "yes",
        "how": form.get("how", ""),
        "given_at": stated_at(day, zone or "UTC", gives=gives == "yes") if day else None,
        "words": form.get("words", "").strip() or None,
    }
    return Consent.model_validate(given)


def told_consent(record: ConsentRecord) -> str:
    """Give in a sentence what somebody said of texts and calls, and how."""
    what = TOLD.get(record.what) or f"Agrees to {' and '.join(WHAT[one] for one in record.covers)}"
    how = "" if record.how is None else f" ({WAYS.get(record.how, record.how)})"
    return f"{what}{how}."
