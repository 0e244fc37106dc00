"""Whether what Twilio posts would reach us and be believed."""

from collections.abc import Iterator

import pytest

from evidence.free_port import free_port
from firstyes.actors.carriers.twilio.settings import TwilioAccount, TwilioSettings
from firstyes.domain.organization import Organization
from firstyes.web.twilio.self_check import find_mistake
from support.twilio_world import TwilioWorld, a_twilio_world
from support.world import DIALLED, LAKESIDE


@pytest.fixture
def world() -> Iterator[TwilioWorld]:
    with a_twilio_world() as world:
        yield world


def settings(world: TwilioWorld, **more: str) -> TwilioSettings:
    account = TwilioAccount.model_validate(
        {"sid": world.twilio.sid, "auth_token": world.twilio.token, **more}
    )
    return TwilioSettings(accounts=(account,), public_url=world.url)


@pytest.mark.fault(27)
def test_where_the_address_is_right_nothing_is_wrong(world: TwilioWorld) -> None:
    assert find_mistake(settings(world), world.desk.journal) is None


@pytest.mark.fault(27)
@pytest.mark.parametrize("below", ["", "/firstyes"])
def test_another_address_than_the_configured_one_is_found_at_start(world: TwilioWorld, below: str) -> None:
    # given: another name of this machine, as behind a proxy, or a path that leads to nothing
    elsewhere = world.url.replace("127.0.0.1", "localhost") + below
    wrong = settings(world).model_copy(update={"public_url": elsewhere})
    # when
    mistake = find_mistake(wrong, world.desk.journal)
    # then
    assert mistake is not None
    assert elsewhere in mistake
    assert ("FIRSTYES_PUBLIC_URL" in mistake) is not bool(below)


def test_a_token_that_is_not_the_service_s_is_found(world: TwilioWorld) -> None:
    mistake = find_mistake(settings(world, auth_token="of-yesterday"), world.desk.journal)
    assert mistake is not None
    assert "does not believe" in mistake
    assert "of-yesterday" not in mistake


def test_an_address_where_nobody_listens_is_found(world: TwilioWorld) -> None:
    nowhere = settings(world).model_copy(update={"public_url": f"http://127.0.0.1:{free_port()}"})
    assert "does not answer" in str(find_mistake(nowhere, world.desk.journal))


def test_an_organization_without_a_number_or_with_one_on_an_unknown_account_is_found(
    world: TwilioWorld,
) -> None:
    # given
    lakeside = {"id": LAKESIDE, "time_zone": "America/Chicago"}
    unknown = {"number": DIALLED, "account": "AC9"}
    world.desk.put_organizations([Organization.model_validate({**lakeside, "phones": [unknown]})])
    assert "AC9" in str(find_mistake(settings(world), world.desk.journal))
    # when
    world.desk.put_organizations([Organization.model_validate(lakeside)])
    # then
    assert "number of its own" in str(find_mistake(settings(world), world.desk.journal))
