"""Links that let somebody in, as an admin of the console gets to see them."""

import pytest

from firstyes.web.app import create_app
from firstyes.web.console.sign_in import COOKIE
from firstyes.web.service.web_settings import WebSettings
from support.accounts import let_in
from support.pages import SAME_ORIGIN, Pages
from support.world import World


@pytest.mark.parametrize(("said", "scheme"), [({}, "http"), ({"X-Forwarded-Proto": "https"}, "https")])
def test_a_link_begins_as_its_reader_reaches_us(world: World, said: dict[str, str], scheme: str) -> None:
    # given
    client = create_app(world.desk, WebSettings(api_token="the-operators-own-token")).test_client()
    client.set_cookie(COOKIE, let_in(world.desk, "ann").token, secure=True)
    pages = Pages(client)
    # when
    form = pages.form("/console/users", "Make a link")
    sent = pages.send(form, {**SAME_ORIGIN, **said}, name="bea", role="viewer", all="1")
    # then
    assert f'value="{scheme}://localhost/console/join?link=' in sent.get_data(as_text=True)
