"""A journal in which a lot has happened, and one in which something happened to one person."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from firstyes import Caregiver, Channel, Consent, Organization
from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.files.diagnosis import diagnose
from simulation.script import write
from simulation.world import World as Story
from support.service import asked
from support.world import DIALLED, LAKESIDE, World, a_world

NAME, PHONE, ID = "Marisol Quiñones", "+13125550777", "cg-4711-marisol"
LONG_AGO = datetime(2025, 7, 15, 10, 0, tzinfo=UTC)
"""A Tuesday, 5 a.m. in Chicago. Commands go by the machine's own clock."""
WORDS = ("xylophone", "zeppelin", "marzipan")
AGREED = "quokka"
"""It stands in the consent that is kept of her, which pruning leaves."""


@dataclass
class Place:
    """Where a journal lies, and what commands say of it."""

    path: Path

    def run(self, *arguments: str) -> Result:
        """Run a command on it."""
        return asked(*arguments, store=f"sqlite:///{self.path}")

    def content(self) -> bytes:
        """Everything that lies in its folder."""
        return b"".join(one.read_bytes() for one in sorted(self.path.parent.iterdir()))

    def assert_sound(self) -> None:
        """The doctor finds nothing, and the seal fits."""
        found = diagnose(DatabaseFile.at(self.path))
        assert found.faults == {}
        assert found.sealed

    def rows(self, query: str, *values: Any) -> list[Any]:
        """Look at it behind the journal's back."""
        reader = DatabaseFile.at(self.path).connect_reader()
        try:
            return reader.execute(query, values).fetchall()
        finally:
            reader.close()

    def copied(self, other: "Place") -> "Place":
        """Make this a copy of another one, which nobody has open."""
        for one in other.path.parent.iterdir():
            self.path.with_name(one.name).write_bytes(one.read_bytes())
        return self

    def world(self, at: datetime = LONG_AGO + timedelta(days=2)) -> Any:
        """Open a desk on it."""
        return a_world(f"sqlite:///{self.path}", at=at)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An empty folder."""
    return Place(tmp_path / "journal.db")


def on_call() -> Organization:
    """Lakeside, with somebody who is texted of alerts."""
    row = {"id": LAKESIDE, "name": "Lakeside", "time_zone": "America/Chicago", "phones": (DIALLED,)}
    return Organization.model_validate({**row, "on_call": [{"channel": "sms", "to": "+13125550999"}]})


def employ(world: World) -> None:
    """Let Marisol work for Lakeside, beside others."""
    world.desk.put_organizations([on_call()])
    world.phones["marisol"] = PHONE
    world.desk.put_caregivers(
        [
            Caregiver(
                id=ID,
                organization_id=LAKESIDE,
                name=NAME,
                roles=("RN",),
                phone=PHONE,
                consents=(Consent(channel=Channel.SMS, words="A quokka agrees"),),
            ),
            Caregiver(id=f"{ID}-b", organization_id=LAKESIDE, name=NAME, roles=("LPN",), phone=PHONE),
        ]
    )
    world.caregivers("ben", "cleo")
    world.desk.state_consent("ben", Consent(channel=Channel.VOICE, words=f"{NAME} heard him say so"))


def live(world: World) -> None:
    """Let a lot happen to her."""
    world.asked("ana", shift_id="early")
    world.says("marisol", "YES", message_id="SM1")
    world.later(60)
    world.says("marisol", f"my {WORDS[0]} is broken, what do I do")
    world.later(60)
    world.says("marisol", f"sorry I can't come, {WORDS[1]}")
    world.later(600)
    world.says("ben", f"ask {NAME.upper()}, her phone is {PHONE}")
    world.later(60)
    world.offered("second", starts_in=30)
    world.says("marisol", "NO")
    world.later(60)
    world.says("marisol", f"wrong number {WORDS[2]}")
    world.later(60)
    world.later(20 * 3600)


@pytest.fixture(scope="session")
def her_days(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A journal from the days of Marisol."""
    place = Place(tmp_path_factory.mktemp("lived") / "journal.db")
    with place.world(LONG_AGO) as world:
        employ(world)
        live(world)
    return place


@pytest.fixture
def lived(her_days: Place, place: Place) -> Place:
    """Marisol worked here, and her shift is over."""
    return place.copied(her_days)


@pytest.fixture(scope="session")
def six_days(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The journal of an agency after six simulated days."""
    path = tmp_path_factory.mktemp("story") / "journal.db"
    story = Story(write(5, 6), path, ())
    try:
        story.run()
    finally:
        story.close()
    return Place(path)


@pytest.fixture
def story(six_days: Place, place: Place) -> Place:
    """A copy of it."""
    return place.copied(six_days)
