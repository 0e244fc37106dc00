"""What is long over leaves the journal; what is open, newer or needed stays, and all fits together."""

from datetime import UTC, datetime, timedelta

import pytest

from firstyes.actors.errors import UnknownPhone
from firstyes.actors.journal.files import rewriting
from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.instants import to_micros
from firstyes.actors.journal.retention.pruning import Pruned, prune
from firstyes.web.commands.exit_codes import ExitCode
from retention.conftest import LONG_AGO, PHONE, WORDS, Place
from simulation.stimulus import BEGINNING

YEAR = ("prune", "--older-than", "365")
TABLES = ("shifts", "fanouts", "offers", "claims", "events", "outbox", "inbox", "alerts", "contacts")


def rows(place: Place) -> dict[str, int]:
    """How many rows each table has."""
    return {name: place.rows(f"SELECT count(*) FROM {name}")[0][0] for name in TABLES}


def pruned(place: Place, before: datetime) -> Pruned:
    """Take out what ended before an instant."""
    return rewriting.rewrite(DatabaseFile.at(place.path), lambda cursor: prune(cursor, to_micros(before)))


def lately(place: Place) -> None:
    """Something else happens now, so that what is old is not the newest."""
    with place.world(datetime.now(UTC)) as world:
        world.phones["ana"] = "+13125550203"
        world.offered("now", starts_in=48)
        world.says("ana", "YES")


def test_a_shift_that_is_long_over_goes_with_all_that_belongs_to_it(lived: Place) -> None:
    # given
    lately(lived)
    close_alerts(lived)
    # when
    ran = lived.run(*YEAR)
    # then
    assert ran.exit_code == 0, ran.output
    assert "Took out 2 shifts" in ran.output
    assert lived.rows("SELECT shift_id FROM shifts") == [("now",)]
    assert [one for one in WORDS if one.encode() in lived.content()] == []
    lived.assert_sound()


def close_alerts(place: Place) -> None:
    """See to everything that is open, long ago."""
    with place.world() as world:
        for one in world.desk.alerts().items:
            world.desk.close_alert(one.id)


def test_people_and_what_their_phones_want_stay(lived: Place) -> None:
    # given
    lately(lived)
    with lived.world() as world:
        world.phones["ben"] = "+13125550201"
        world.says("ben", "STOP")
    close_alerts(lived)
    before = lived.rows("SELECT id, name FROM caregivers"), lived.rows("SELECT * FROM opt_outs")
    # when
    lived.run(*YEAR)
    # then
    assert (lived.rows("SELECT id, name FROM caregivers"), lived.rows("SELECT * FROM opt_outs")) == before
    assert before[1] != []
    assert PHONE.encode() in lived.content()
    lived.assert_sound()


def test_a_shift_with_an_open_alert_stays_with_the_message_that_opened_it(lived: Place) -> None:
    # given
    lately(lived)
    open_before = lived.rows("SELECT id, messages FROM alerts WHERE closed_at IS NULL ORDER BY id")
    assert any(messages != "[]" for _, messages in open_before)
    # when
    lived.run(*YEAR)
    # then
    assert lived.rows("SELECT id, messages FROM alerts WHERE closed_at IS NULL ORDER BY id") == open_before
    lived.assert_sound()


def test_what_is_newer_stays_to_the_last_row(lived: Place) -> None:
    before = rows(lived)
    assert lived.run("prune", "--older-than", "36500").exit_code == 0
    assert rows(lived) == before


def test_no_number_is_given_twice(lived: Place) -> None:
    """Carriers remember keys of messages, and programs follow events by their numbers."""
    # given: a text that nothing was answered to has the last number of all messages
    close_alerts(lived)
    with lived.world() as world:
        world.phones["ben"] = "+13125550201"
        world.says("ben", "ok thanks!")
    close_alerts(lived)
    assert lived.rows("SELECT (SELECT max(id) FROM inbox) > (SELECT max(seq) FROM outbox)") == [(1,)]
    last = {
        name: lived.rows(query)[0][0]
        for name, query in {
            "events": "SELECT max(id) FROM events",
            "streams": "SELECT max(id) FROM streams",
            "messages": "SELECT max((SELECT max(seq) FROM outbox), (SELECT max(id) FROM inbox))",
        }.items()
    }
    # when: all of it is old
    lived.run(*YEAR)
    # then
    [(counted,)] = lived.rows("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")
    assert counted >= last["messages"]
    lately(lived)
    [(stream,)] = lived.rows("SELECT key FROM shifts WHERE shift_id = 'now'")
    assert stream > last["streams"]
    assert lived.rows("SELECT min(id) FROM events WHERE stream = ?", stream)[0][0] > last["events"]
    assert lived.rows("SELECT min(seq) FROM outbox WHERE stream = ?", stream)[0][0] > last["messages"]
    lived.assert_sound()


def test_a_repeat_of_a_message_that_is_kept_is_answered_as_before(place: Place) -> None:
    # given
    ago = datetime.now(UTC) - timedelta(days=40)
    with place.world(ago) as world:
        world.asked("ana")
        first = world.says("ana", "YES", message_id="SM1")
    # when
    place.run("prune", "--older-than", "45")
    # then
    with place.world(ago + timedelta(hours=1)) as world:
        world.phones["ana"] = "+13125550200"
        assert world.says("ana", "YES", message_id="SM1") == first


def test_a_dry_run_says_how_much_beside_a_running_service_and_changes_nothing(lived: Place) -> None:
    # given
    lately(lived)
    close_alerts(lived)
    before = rows(lived)
    with lived.world():
        # when
        ran = lived.run(*YEAR, "--dry-run")
        # then
        assert ran.exit_code == 0, ran.output
        assert "Would take out 2 shifts" in ran.output
        assert lived.run(*YEAR).exit_code == ExitCode.BUSY
    assert rows(lived) == before


def test_less_than_thirty_days_are_not_to_be_had(lived: Place) -> None:
    assert lived.run("prune", "--older-than", "29").exit_code == ExitCode.USAGE


def test_a_phone_that_was_nobody_s_goes_too(place: Place) -> None:
    # given
    with place.world(LONG_AGO) as world:
        world.caregivers("ana")
        world.phones["stranger"] = "+13125550666"
        with pytest.raises(UnknownPhone):
            world.says("stranger", "who is this?")
        world.later(60)
    close_alerts(place)
    assert b"+13125550666" in place.content()
    lately_by_ana(place)
    # when
    ran = place.run(*YEAR)
    # then
    assert ran.exit_code == 0, ran.output
    assert b"+13125550666" not in place.content()
    place.assert_sound()


def lately_by_ana(place: Place) -> None:
    with place.world(datetime.now(UTC)) as world:
        world.phones["ana"] = "+13125550200"
        world.offered("now", starts_in=48)


@pytest.mark.parametrize("days", [2, 4, 30])
def test_an_agency_in_which_much_went_wrong_fits_together_whenever_it_is_pruned(
    story: Place, days: int
) -> None:
    # given
    before = rows(story)
    # when
    found = pruned(story, BEGINNING + timedelta(days=days))
    # then
    story.assert_sound()
    after = rows(story)
    assert before["shifts"] - after["shifts"] == found.shifts > 0
    assert after["outbox"] < before["outbox"]
    assert story.rows("SELECT count(*) FROM alerts WHERE closed_at IS NULL")[0][0] > 0
