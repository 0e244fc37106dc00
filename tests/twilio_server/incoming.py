"""Texts that come in: what the carrier itself does with them, and how they are told to a webhook."""

import xml.etree.ElementTree as ET
from datetime import datetime

from .context import Context
from .message import Message
from .messages import Messages
from .opt_out_words import ANSWERS, word_in
from .webhook import Fields, Outcome
from .webhooks import Alert, Errand


class Incoming:
    """Takes texts from phones."""

    def __init__(self, context: Context, messages: Messages) -> None:
        self._context = context
        self._messages = messages

    def take(self, sender: str, to: str, body: str, now: datetime) -> Message:
        """Take a text from a phone to one of our numbers. Raises KeyError where nobody has that number."""
        context = self._context
        number = context.numbers[to]
        service = context.service_of(to)
        message = Message(
            context.sids.new("SM"), number.account_sid, sender, to, body, "inbound", "received", now, now, now
        )
        message.service_sid = service.sid if service else None
        self._messages.all[message.sid] = message
        word = word_in(body, number.toll_free)
        pair = (service.sid if service else to, sender)
        came_back = word == "START" and pair in context.opted_out
        if word == "STOP":
            context.opted_out.add(pair)
        elif word == "START":
            context.opted_out.discard(pair)
        marked = bool(service and service.advanced_opt_out)
        # Only those who had left are told that they are back; with advanced opt-out a plain yes is marked all the same.
        if word and (word != "START" or came_back or body.strip().upper() == "START"):
            self._messages.reply(message, ANSWERS[word], now, by_carrier=True)
        through_service = service is not None and not service.use_number_webhook
        settings = service.settings if service and through_service else number.settings
        url = settings.get("InboundRequestUrl" if through_service else "SmsUrl")
        if url:
            errand = Errand(
                context.accounts[number.account_sid],
                message.sid,
                url,
                _fields(message, word if marked else None),
                settings.get("InboundMethod" if through_service else "SmsMethod", "POST"),
                settings.get("FallbackUrl" if through_service else "SmsFallbackUrl") or None,
                lambda outcome, when: self._answered(message, url, outcome, when),
            )
            context.webhooks.send(errand, now)
        return message

    def _answered(self, message: Message, url: str, outcome: Outcome, now: datetime) -> None:
        """Send what the webhook wrote back; list what cannot be understood as the real one does."""
        if outcome.reason is not None or outcome.status == 204:
            return
        kind = outcome.content_type.partition(";")[0].strip().lower()
        if kind == "text/plain":
            if outcome.body.strip():
                self._messages.reply(message, outcome.body, now)
        elif kind not in {"text/xml", "application/xml"}:
            self._context.webhooks.alerts.append(Alert(12300, url))
        else:
            try:
                verbs = list(ET.fromstring(outcome.body))
            except ET.ParseError:
                self._context.webhooks.alerts.append(Alert(12100, url))
                return
            for verb in verbs:
                if verb.tag == "Message":
                    self._messages.reply(message, "".join(verb.itertext()).strip(), now)
                elif verb.tag != "Redirect":
                    self._context.webhooks.alerts.append(Alert(12200, url))


def _fields(message: Message, marked: str | None) -> Fields:
    fields = [
        ("AccountSid", message.account_sid),
        ("ApiVersion", "2010-04-01"),
        ("Body", message.body),
        ("From", message.sender or ""),
        ("FromCity", ""),
        ("FromCountry", "US"),
        ("FromState", "OR"),
        ("FromZip", ""),
        ("MessageSid", message.sid),
        ("NumMedia", "0"),
        ("NumSegments", str(message.segments)),
        ("SmsMessageSid", message.sid),
        ("SmsSid", message.sid),
        ("SmsStatus", "received"),
        ("To", message.to),
        ("ToCity", ""),
        ("ToCountry", "US"),
        ("ToState", "OR"),
        ("ToZip", ""),
    ]
    if message.service_sid:
        fields.append(("MessagingServiceSid", message.service_sid))
    if marked:
        fields.append(("OptOutType", marked))
    return tuple(fields)
