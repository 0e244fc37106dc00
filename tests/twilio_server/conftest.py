"""The official client, and somebody's webhook."""

from collections.abc import Iterator

import pytest
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from support.patience import PATIENCE
from twilio_server.listener import Listener
from twilio_server.server import TwilioServer


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A webhook that takes everything."""
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture
def client(twilio: TwilioServer, listener: Listener) -> Iterator[Client]:
    """The official client, unchanged but for where it asks. The account has a number whose webhook is `listener`."""
    http = TwilioHttpClient(timeout=PATIENCE)
    client = Client(twilio.sid, twilio.token, http_client=http)
    client.api.base_url = client.messaging.base_url = twilio.base_url
    twilio.number("+15035550100", SmsUrl=f"{listener.url}/twilio/texts")
    yield client
    http.session.close()
