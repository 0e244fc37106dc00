"""`firstyes user reset`, and the link with which the first admin comes in."""

import re
from pathlib import Path

import pytest

from firstyes.actors.accounts.accounts import SignedIn
from firstyes.web.commands.exit_codes import ExitCode
from support.accounts import ANOTHER, let_in, refused, sign_in
from support.service import asked, serving
from support.world import a_world


def link_in(text: str) -> str:
    found = re.search(r"/console/join\?link=([\w-]+)", text)
    assert found is not None, text
    return found[1]


def test_who_runs_the_service_can_give_anybody_a_new_password(tmp_path: Path) -> None:
    # given
    store = f"sqlite:///{tmp_path}/journal.db"
    with a_world(store) as world:
        ann = let_in(world.desk, "ann")
    # when
    ran = asked("user", "reset", "Ann", store=store)
    # then
    assert ran.exit_code == 0, ran.output
    with a_world(store) as world:
        # The world's clock runs ahead of the machine's, so the hour is over; the link is there all the same.
        assert world.desk.accounts.user_of(ann.token) is not None
        [kept] = world.desk.accounts.access.tables().links.values()
        assert (kept.name, kept.made_by, kept.user) == ("ann", "coordinator", ann.user.key)
        assert isinstance(sign_in(world.desk.accounts), SignedIn)
        assert refused(world.desk.accounts.join(link_in(ran.output), "ann", ANOTHER)) is not None


def test_nobody_of_that_name_is_said_with_who_there_is(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/journal.db"
    with a_world(store) as world:
        ann = let_in(world.desk, "ann").user
        bea = let_in(world.desk, "bea").user
        world.desk.accounts.disable(ann, bea.key)
    for name in ("eve", "bea"):
        ran = asked("user", "reset", name, store=store)
        assert ran.exit_code != 0
        assert "/console/join" not in ran.output


@pytest.mark.parametrize(
    "command",
    [
        ("user", "reset", "ann"),
        ("replay", "s1"),
        ("backup", "copy.db"),
        ("prune", "--older-than", "400"),
        ("erase", "ann", "--yes"),
    ],
)
def test_where_there_is_no_journal_none_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = asked(*command, store="sqlite:///none.db")
    assert ran.exit_code == ExitCode.UNAVAILABLE
    assert ran.stderr == f"firstyes: there is no journal at {tmp_path}/none.db\n"
    assert list(tmp_path.iterdir()) == []


def test_while_the_service_runs_it_says_to_stop_it_first(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/journal.db"
    with a_world(store) as world:
        let_in(world.desk, "ann")
        assert asked("user", "reset", "ann", store=store).exit_code == ExitCode.BUSY


@pytest.mark.server
def test_a_service_with_a_token_prints_a_link_for_the_first_admin_on_the_terminal_only(
    tmp_path: Path,
) -> None:
    with serving(tmp_path / "journal.db", api_token="a-long-and-secret-token") as service:
        link = link_in(service.welcome)
        assert service.call("GET", f"/console/join?link={link}")[0] == 200
        assert service.call("GET", "/")[0] == 401
        service.stop()
        assert link not in "".join(service.log)


@pytest.mark.server
def test_a_service_that_is_open_to_try_it_asks_for_nothing(tmp_path: Path) -> None:
    with serving(tmp_path / "journal.db") as service:
        assert "/console/join" not in service.welcome
        assert "  console  http://127.0.0.1:" in service.welcome
        assert service.call("GET", "/")[0] == 200
