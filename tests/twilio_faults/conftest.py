"""A desk on Twilio's protocol, over sockets."""

from collections.abc import Iterator

import pytest

from support.twilio_world import TwilioWorld, a_twilio_world


@pytest.fixture
def world() -> Iterator[TwilioWorld]:
    """Lakeside, with a web server of its own and our server in Twilio's place."""
    with a_twilio_world() as world:
        yield world
