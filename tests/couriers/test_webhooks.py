"""Webhooks: signed, to a checked address only, and never longer than they may take."""

import json
import socket
import ssl
from collections.abc import Callable, Iterator
from ipaddress import ip_network

import pytest
from standardwebhooks import Webhook

from couriers.conftest import Listener
from firstyes.actors.carriers.port import OutboundMessage, PermanentFailure, TransientFailure
from firstyes.actors.couriers import webhooks
from firstyes.actors.couriers.addresses import is_allowed
from firstyes.actors.couriers.webhooks import Webhooks, secret_for
from firstyes.domain.policy import Channel

KEY = "k" * 40
HERE = [ip_network("127.0.0.0/8"), ip_network("::1/128")]
BODY = json.dumps({"type": "alert.opened", "data": {"organization_id": "lakeside"}})

Answer = Callable[[socket.socket], None]


def says(text: str) -> Answer:
    return lambda client: client.sendall(text.encode())


OK = says("HTTP/1.1 204 No Content\r\n\r\n")


class Receiver(Listener):
    """A receiver of webhooks on this machine: keeps what came in, and answers one way."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.answer: Answer = OK
        self.came_in: list[bytes] = []
        self._context = context
        super().__init__()
        self.url = f"https://localhost:{self.port}/in?a=b"

    def talk(self, client: socket.socket) -> None:
        with self._context.wrap_socket(client, server_side=True) as safe:
            got = b""
            while not got.endswith(BODY.encode()):
                got += safe.recv(65536)
            self.came_in.append(got)
            self.answer(safe)


@pytest.fixture
def receiver(serving: ssl.SSLContext) -> Iterator[Receiver]:
    receiver = Receiver(serving)
    yield receiver
    receiver.close()


def outbound(url: str) -> OutboundMessage:
    return OutboundMessage("27", Channel.WEBHOOK, url, None, BODY)


def test_what_is_posted_is_signed_with_the_organization_s_own_secret(receiver, trusting):
    # when
    name = Webhooks(KEY, HERE, trusting).send_text(outbound(receiver.url))
    # then
    head, _, body = receiver.came_in[0].decode().partition("\r\n\r\n")
    first, *rest = head.split("\r\n")
    headers = dict(line.split(": ", 1) for line in rest)
    assert first == "POST /in?a=b HTTP/1.1"
    assert headers["webhook-id"] == name == "msg_27"
    assert Webhook(secret_for(KEY, "lakeside")).verify(body, headers) == json.loads(BODY)
    with pytest.raises(Exception, match="No matching signature"):
        Webhook(secret_for(KEY, "harbor")).verify(body, headers)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(500, TransientFailure), (503, TransientFailure), (429, TransientFailure), (301, PermanentFailure), (404, PermanentFailure)],
)  # fmt: skip
def test_a_refusal_is_told_by_its_kind_and_no_redirect_is_followed(receiver, trusting, status, kind):
    receiver.answer = says(
        f"HTTP/1.1 {status} Secret\r\nLocation: {receiver.url}\r\nContent-Length: 6\r\n\r\nsecret"
    )
    with pytest.raises(kind) as failed:
        Webhooks(KEY, HERE, trusting).send_text(outbound(receiver.url))
    assert len(receiver.came_in) == 1
    assert "ecret" not in str(failed.value)


def test_whoever_answers_a_byte_now_and_then_is_cut_off(receiver, trusting, monkeypatch):
    # given
    monkeypatch.setattr(webhooks, "WHOLE", 0.3)

    def drip(client: socket.socket) -> None:
        client.sendall(b"HTTP/1.1 2")
        client.recv(1)

    receiver.answer = drip
    # when
    with pytest.raises(TransientFailure):
        Webhooks(KEY, HERE, trusting).send_text(outbound(receiver.url))
    assert len(receiver.came_in) == 1


def test_a_look_connects_and_posts_nothing(receiver, trusting):
    said = Webhooks(KEY, HERE, trusting).look_at(receiver.url)
    assert said == "localhost answers, with a certificate that is good"
    assert receiver.came_in == []


def test_a_look_at_a_certificate_that_nobody_trusts_says_so(receiver):
    with pytest.raises(PermanentFailure, match="certificate"):
        Webhooks(KEY, HERE).look_at(receiver.url)


def test_an_address_on_this_machine_is_refused_unless_it_is_listed(receiver, trusting):
    with pytest.raises(PermanentFailure, match="public internet"):
        Webhooks(KEY, (), trusting).send_text(outbound(receiver.url))
    assert receiver.came_in == []


def test_a_certificate_that_nobody_trusts_is_refused(receiver):
    with pytest.raises(PermanentFailure, match="certificate"):
        Webhooks(KEY, HERE).send_text(outbound(receiver.url))


def test_nobody_there_is_tried_again(trusting):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TransientFailure, match="ConnectionRefused"):
        Webhooks(KEY, HERE, trusting).send_text(outbound(f"https://localhost:{port}/"))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
        "nowhere", "fe80::1%eth0",
    ],
)  # fmt: skip
def test_what_is_not_of_the_public_internet_is_refused(address):
    assert not is_allowed(address, ())


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_the_public_internet_is_allowed(address):
    assert is_allowed(address, ())


def test_what_the_operator_lists_is_allowed():
    assert is_allowed("10.1.2.3", [ip_network("10.1.0.0/16")])
    assert not is_allowed("10.2.2.3", [ip_network("10.1.0.0/16")])
