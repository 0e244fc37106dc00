"""E-mail to whoever is on call, handed to one mail server."""

import smtplib
import ssl
from contextlib import closing, suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from ...domain.errors import InvalidArgument
from ...domain.policy import Channel
from ..carriers.port import (
    Capabilities,
    OutboundMessage,
    OutcomeUnknown,
    PermanentFailure,
    Recovery,
    TransientFailure,
)
from ..this_machine import on_this_machine

PATIENCE = 10.0
"""Seconds that each step with the mail server may take."""

PORTS = {"smtp": 587, "smtps": 465}
FORM = "write smtps://user:password@host, or smtp://user:password@host:587"


class Mail:
    """Sends mail from one address over the server of a URL: "smtps://user:password@host", or "smtp://..." with STARTTLS.

    A server beyond this machine has to speak TLS. A message may arrive twice, after a crash or a connection that broke: it
    then has the same Message-ID. Raises `InvalidArgument` when the URL or the address is none; the message repeats no secret.
    """

    capabilities = Capabilities(channels=frozenset({Channel.EMAIL}), recovery=Recovery.RESEND)

    def __init__(self, url: str, sender: str) -> None:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise InvalidArgument(f"the mail server is no URL; {FORM}") from None
        if parts.scheme not in PORTS or not parts.hostname or parts.path not in ("", "/"):
            raise InvalidArgument(f"the mail server is no URL; {FORM}")
        if sender.count("@") != 1 or any(letter.isspace() for letter in sender):
            raise InvalidArgument("the sender is no address; write it as shifts@example.org")
        self._host, self._port = parts.hostname, port or PORTS[parts.scheme]
        self._at_once = parts.scheme == "smtps"
        self._login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        self._sender = sender

    def send_text(self, outbound: OutboundMessage) -> str:
        """Hand a mail over; the first line of the body is its subject. Gives its Message-ID."""
        mail = self._written(outbound)
        try:
            with closing(self._connected()) as server:
                server.send_message(mail)
                # It has been taken, whatever is said to this.
                with suppress(smtplib.SMTPException, OSError):
                    server.quit()
        except smtplib.SMTPRecipientsRefused as error:
            for_good = all(code >= 500 for code, _ in error.recipients.values())
            raise (PermanentFailure if for_good else TransientFailure)(_told(error)) from error
        except smtplib.SMTPNotSupportedError as error:
            raise PermanentFailure(_told(error)) from error
        except smtplib.SMTPResponseException as error:
            kind = PermanentFailure if error.smtp_code >= 500 else TransientFailure
            raise kind(_told(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            # The server may have taken it before the connection broke.
            raise OutcomeUnknown(_told(error)) from error
        return str(mail["Message-ID"])

    def place_call(self, outbound: OutboundMessage) -> str:
        """Refuse: mail cannot ring."""
        raise PermanentFailure("mail carries no calls")

    def cancel(self, carrier_id: str) -> bool:
        """Nothing that was handed over can be had back."""
        return False

    def look_up(self, outbound: OutboundMessage) -> str | None:
        """A mail server cannot be asked."""
        return None

    def look_at(self, address: str) -> str:
        """Say that the server would take mail to an address; nothing is sent. Raises a kind of `SendFailed` when it would not."""
        try:
            with self._connected() as server:
                for code, _ in (server.mail(self._sender), server.rcpt(address)):
                    if code >= 400:
                        raise PermanentFailure(
                            f"the mail server does not take mail from us to there ({code})"
                        )
                server.rset()
        except (smtplib.SMTPException, OSError) as error:
            raise TransientFailure(_told(error)) from error
        return f"{self._host} takes mail for it"

    def close(self) -> None:
        """There is nothing to let go of: each mail has a connection of its own."""

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        try:
            if self._at_once:
                return self._ready(
                    smtplib.SMTP_SSL(self._host, self._port, timeout=PATIENCE, context=context)
                )
            return self._ready(smtplib.SMTP(self._host, self._port, timeout=PATIENCE), context)
        except (smtplib.SMTPException, OSError) as error:
            raise TransientFailure(_told(error)) from error

    def _ready(self, server: smtplib.SMTP, context: ssl.SSLContext | None = None) -> smtplib.SMTP:
        """Go over to TLS where a `context` for it is given, and log in; a connection that does neither is closed."""
        try:
            if context is not None:
                server.ehlo_or_helo_if_needed()
                if server.has_extn("starttls"):
                    server.starttls(context=context)
                else:
                    _must_be_here(self._host)
            if self._login is not None:
                server.login(*self._login)
        except BaseException:
            server.close()
            raise
        return server

    def _written(self, outbound: OutboundMessage) -> EmailMessage:
        subject, _, text = outbound.body.partition("\n")
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._sender, outbound.to_phone, subject
        mail["Date"] = format_datetime(datetime.now(UTC))
        mail["Message-ID"] = f"<{outbound.key}@{self._sender.partition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(text.strip() or subject)
        return mail


def _must_be_here(host: str) -> None:
    """Refuse to send in the clear to another machine."""
    if not on_this_machine(host):
        raise PermanentFailure("the mail server speaks no TLS")


def _told(error: Exception) -> str:
    """Say what went wrong, without what the server said: that may quote the address or the login."""
    code = getattr(error, "smtp_code", None)
    return f"the mail server: {type(error).__name__}{f' {code}' if code else ''}"
