"""`firstyes secret`: what a receiver of webhooks needs, made from the operator's key."""

import pytest
from click.testing import CliRunner

from firstyes.actors.couriers.webhooks import secret_for
from firstyes.web.commands.exit_codes import ExitCode
from firstyes.web.commands.group import Commands

KEY = "k" * 40


def asked(*arguments: str, key: str | None):
    return CliRunner().invoke(Commands(), ["secret", *arguments], env={"FIRSTYES_WEBHOOK_KEY": key})


def test_each_organization_has_a_secret_of_its_own() -> None:
    lakeside, harbor = (asked(one, key=KEY).output.strip() for one in ("lakeside", "harbor"))
    assert lakeside == secret_for(KEY, "lakeside")
    assert lakeside.startswith("whsec_")
    assert lakeside != harbor


@pytest.mark.parametrize("key", [None, "too short"])
def test_without_a_good_key_it_says_what_is_missing_and_repeats_nothing(key: str | None) -> None:
    refused = asked("lakeside", key=key)
    assert refused.exit_code == ExitCode.SETTINGS
    assert "FIRSTYES_WEBHOOK_KEY" in refused.output
    assert "too short" not in refused.output
