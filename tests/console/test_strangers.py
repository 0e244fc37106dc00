"""Strangers at the door of the console, told apart over sockets."""

import re
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

from firstyes.domain.access.throttle import OF_ADDRESS
from firstyes.web.app import create_app
from firstyes.web.service.web_settings import WebSettings
from support.accounts import ELSEWHERE, HOME, PASSWORD, let_in
from support.front import Front
from support.pages import SAME_ORIGIN
from support.world import World


@pytest.fixture
def front(world: World) -> Iterator[Front]:
    front = Front(app=create_app(world.desk, WebSettings(api_token="the-operators-own-token")).wsgi_app)
    yield front
    front.stop()


def signs_in(front: Front, address: str, password: str) -> int:
    """Fill in the form behind a proxy of ours, which says who asks; give the status."""
    connection = HTTPConnection("127.0.0.1", front.port)
    connection.request("GET", "/console/sign-in")
    token = re.search(r'name="token" value="(\w+)"', connection.getresponse().read().decode())
    assert token is not None
    form = urlencode({"name": "ann", "password": password, "token": token[1]})
    said = {"X-Forwarded-For": address, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/console/sign-in", form, {**SAME_ORIGIN, **said})
    status = connection.getresponse().status
    connection.close()
    return status


def test_wrong_passwords_from_one_address_lock_nobody_out_at_another(world: World, front: Front) -> None:
    # given
    let_in(world.desk, "ann")
    # when
    tried = [signs_in(front, ELSEWHERE, "wrong") for _ in range(OF_ADDRESS.most)]
    # then
    assert tried == [403] * OF_ADDRESS.most
    assert signs_in(front, ELSEWHERE, PASSWORD) == 429
    assert signs_in(front, HOME, PASSWORD) == 303
