"""Mail to whoever is on call."""

import socket
from collections.abc import Iterator
from email import message_from_string

import pytest

from couriers.conftest import Listener
from firstyes.actors.carriers.port import OutboundMessage, PermanentFailure, SendFailed, TransientFailure
from firstyes.actors.couriers.mail import Mail
from firstyes.domain.errors import InvalidArgument
from firstyes.domain.policy import Channel

MAIL = OutboundMessage("27", Channel.EMAIL, "mia@example.org", None, "Lakeside: filled\n\nAlma has it.")


class MailServer(Listener):
    """A mail server on this machine: keeps what it takes, and answers `refusal` to a command, where one is set."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.refusal: dict[str, str] = {}
        super().__init__()
        self.url = f"smtp://127.0.0.1:{self.port}"

    def talk(self, client: socket.socket) -> None:
        with client.makefile("rw", newline="") as lines:
            self._talk(lines)

    def _talk(self, lines) -> None:
        def say(text: str) -> None:
            lines.write(f"{text}\r\n")
            lines.flush()

        say("220 here")
        for line in lines:
            command = line[:4].upper()
            if command == "QUIT":
                say(self.refusal.get(command) or "221 bye")
                return
            say(self.refusal.get(command) or ("354 go on" if command == "DATA" else "250 fine"))
            if command == "DATA" and "DATA" not in self.refusal:
                text = ""
                while not text.endswith("\r\n.\r\n"):
                    text += lines.readline()
                self.taken.append(text)
                say("250 taken")


@pytest.fixture
def server() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.close()


def test_a_mail_has_its_first_line_for_its_subject_and_says_that_no_person_wrote_it(server):
    # when
    name = Mail(server.url, "shifts@lakeside.example").send_text(MAIL)
    # then
    [taken] = server.taken
    mail = message_from_string(taken)
    assert (mail["Subject"], mail["To"]) == ("Lakeside: filled", "mia@example.org")
    assert mail["Message-ID"] == name == "<27@lakeside.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "Alma has it." in mail.get_payload()


@pytest.mark.parametrize(
    ("refusal", "kind"),
    [
        ({"RCPT": "550 nobody"}, PermanentFailure),
        ({"RCPT": "450 nobody knows you yet"}, TransientFailure),
        ({"RCPT": "421 nobody is free"}, TransientFailure),
        ({"MAIL": "451 later"}, TransientFailure),
        ({"EHLO": "554 no", "HELO": "554 no"}, SendFailed),
    ],
)
def test_a_refusal_is_told_by_its_kind_and_without_what_the_server_said(server, refusal, kind):
    server.refusal = refusal
    with pytest.raises(kind) as failed:
        Mail(server.url, "shifts@lakeside.example").send_text(MAIL)
    assert "nobody" not in str(failed.value)
    assert server.taken == []


@pytest.mark.parametrize("goodbye", ["421 too slow", "500 what"])
def test_what_the_server_says_to_our_goodbye_undoes_nothing(server, goodbye):
    server.refusal = {"QUIT": goodbye}
    assert Mail(server.url, "shifts@lakeside.example").send_text(MAIL) == "<27@lakeside.example>"
    assert len(server.taken) == 1


def test_a_look_says_that_mail_would_be_taken_and_sends_none(server):
    assert (
        Mail(server.url, "shifts@lakeside.example").look_at("mia@example.org")
        == "127.0.0.1 takes mail for it"
    )
    assert server.taken == []


@pytest.mark.parametrize("refusal", [{"RCPT": "550 nobody"}, {"MAIL": "553 not you"}])
def test_a_look_says_that_mail_would_be_refused(server, refusal):
    server.refusal = refusal
    with pytest.raises(PermanentFailure, match="does not take mail"):
        Mail(server.url, "shifts@lakeside.example").look_at("mia@example.org")


def test_nobody_there_is_tried_again():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TransientFailure):
        Mail(f"smtp://127.0.0.1:{port}", "shifts@lakeside.example").send_text(MAIL)


@pytest.mark.parametrize(
    "url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://a:b@[::1/"]
)
def test_what_is_no_mail_server_is_refused_without_repeating_it(url):
    with pytest.raises(InvalidArgument) as refused:
        Mail(url, "shifts@lakeside.example")
    assert "mail.example.org" not in str(refused.value)
    with pytest.raises(InvalidArgument, match="sender"):
        Mail("smtps://mail.example.org", "nobody")
