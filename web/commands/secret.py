"""`firstyes secret`: what a receiver checks an organization's webhooks with."""

import click

from ...actors.couriers.webhooks import secret_for
from ..service.settings import BadSettings, read_settings


@click.command()
@click.argument("organization")
def command(organization: str) -> None:
    """Tell the secret that an organization's webhooks are signed with.

    It is made from FIRSTYES_WEBHOOK_KEY and kept nowhere. Whoever receives the webhooks checks them with it, as Standard
    Webhooks has it.
    """
    key = read_settings({}).webhook_key
    if key is None:
        raise BadSettings("FIRSTYES_WEBHOOK_KEY is not set, and no webhook is signed without it")
    click.echo(secret_for(key.get_secret_value(), organization))
