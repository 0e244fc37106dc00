"""`firstyes user`: the users of the console, for whoever runs the service."""

from contextlib import closing
from typing import Any
from urllib.parse import quote

import click

from ...actors.accounts.accounts import Accounts
from ...actors.accounts.memory import Access
from ...actors.journal.files.database_file import DatabaseFile
from ...actors.journal.sqlite_journal import SqliteJournal
from ...actors.runtime.clock import SystemClock
from ...actors.runtime.promise import Promise
from ...domain.answer import Answer
from ...domain.errors import FirstyesError
from ..service.settings import read_settings
from .settings_options import kept_store, setting_options

PATIENCE = 15.0


class NoSuchUser(FirstyesError):
    """Raised when nobody signs in by a name; the message says by which names they do."""


@click.group()
def command() -> None:
    """Give a user of the console a new password. All else about users is done in the console, by an admin."""


@command.command("reset")
@click.argument("name")
@setting_options("store", "host", "port")
def reset(name: str, **given: Any) -> None:
    """Print a link with which the user NAME chooses a new password, within the hour.

    For when no admin can get in any more. It opens the journal, so the service must be stopped; start it again, and open the
    link. Whoever uses it is signed out everywhere else.
    """
    settings = read_settings(given)
    store = kept_store(settings)
    DatabaseFile.at(store).refuse_vanished(was_made=True)
    with closing(SqliteJournal.open(store)) as journal:
        accounts = _accounts(journal)
        users = {one.name: one for one in accounts.users(None)}
        user = users.get(name.strip().casefold())
        if user is None:
            known = ", ".join(users) or "nobody yet: start the service, and it prints a link for the first"
            raise NoSuchUser(f'nobody signs in as "{name}"; who does is {known}')
        if user.disabled_at is not None:
            raise NoSuchUser(f"{user.name} is shut out: another admin can let them in again")
        made = accounts.reset(None, user.key)
    if isinstance(made, Answer):
        raise NoSuchUser(made.message)
    click.echo("Start the service, then open this link within the hour. It works once:")
    click.echo(f"  http://{settings.host}:{settings.port}/console/join?link={quote(made.token)}")


def _accounts(journal: SqliteJournal) -> Accounts:
    """Give the accounts of a journal that no desk works on: nothing is sent, and nothing falls due."""
    access = Access()
    access.open(journal.access)

    def put(write: Any) -> Promise[Any]:
        done: Promise[Any] = Promise()
        with journal.transaction() as transaction:
            written = write(transaction)
        done.set_result(written)
        return done

    return Accounts(access, SystemClock(), put, PATIENCE)
