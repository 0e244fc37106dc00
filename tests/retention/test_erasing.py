"""A caregiver is forgotten: nothing in the journal's files says who they were, and what happened to shifts stays."""

import json
import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import Cursor

import pytest

from firstyes import Caregiver, Channel, Consent, InboundMessage, Organization
from firstyes.actors.errors import UnknownPhone
from firstyes.actors.journal.files import rewriting
from firstyes.actors.journal.files.database_file import DatabaseFile
from firstyes.actors.journal.retention.erasing import CannotErase, erase
from firstyes.web.commands.exit_codes import ExitCode
from retention.conftest import AGREED, ID, LONG_AGO, NAME, PHONE, WORDS, Place, employ

LATE = 1 << 60
"""In microseconds: when everything is over."""


def traces(content: bytes) -> list[str]:
    """Say what of her can be found, in whichever case."""
    lower = content.decode("utf-8", "replace").lower()
    names = (NAME, "Marisol Quinones", json.dumps(NAME)[1:-1], PHONE, PHONE[1:], ID, AGREED, *WORDS)
    return [one for one in names if one.lower() in lower]


def test_before_everything_of_her_is_in_the_journal(lived) -> None:
    assert set(traces(lived.content())) >= {NAME, PHONE, ID, AGREED, *WORDS}


def test_afterwards_nothing_of_her_is_found_in_any_file_and_the_doctor_finds_nothing(lived) -> None:
    # when
    ran = lived.run("erase", ID, "--yes")
    # then
    assert ran.exit_code == 0, ran.output
    assert traces(lived.content()) == []
    lived.assert_sound()


def test_what_lay_in_free_pages_is_gone_too(lived) -> None:
    # given: a page that is free, and still has what was on it
    with closing(sqlite3.connect(lived.path)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("CREATE TABLE more (text)")
        connection.executemany("INSERT INTO more VALUES (?)", [(f"{PHONE} " * 400,)] * 50)
        connection.execute("DROP TABLE more")
        connection.commit()
    lived.path.with_name("journal.db.seal").unlink()
    assert lived.content().count(PHONE.encode()) > 10_000
    # when
    lived.run("erase", ID, "--yes")
    # then
    assert traces(lived.content()) == []
    lived.assert_sound()


def test_shifts_stay_as_they_were_filled_under_an_id_that_says_nothing(lived) -> None:
    before = lived.rows("SELECT shift_id, status FROM shifts ORDER BY key")
    types = lived.rows("SELECT stream, version, type FROM events ORDER BY id")
    # when
    ran = lived.run("erase", ID, "--yes")
    # then
    [(key,)] = lived.rows("SELECT key FROM caregivers WHERE name = '(erased)'")
    assert f"is called erased-{key}" in ran.output
    assert lived.rows("SELECT shift_id, status FROM shifts ORDER BY key") == before
    assert lived.rows("SELECT stream, version, type FROM events ORDER BY id") == types
    assert (f"erased-{key}",) in lived.rows("SELECT caregiver_id FROM claims")


def test_the_service_starts_lists_and_goes_on_without_her(lived) -> None:
    lived.run("erase", ID, "--yes")
    with lived.world() as world:
        # then: all that people read can be read
        assert [one.id for one in world.desk.caregivers().items if one.active] == ["ana", "ben", "cleo"]
        world.desk.alerts()
        world.desk.messages()
        world.desk.timeline("early")
        # and nobody has her phone
        with pytest.raises(UnknownPhone):
            world.desk.receive(InboundMessage(from_phone=PHONE, body="YES"))
        # and she is asked no more
        world.phones |= {"ana": "+13125550203"}
        world.offered("third")
        assert sorted(one.caregiver_id for one in world.record("third").offers or ()) == [
            "ana",
            "ben",
            "cleo",
        ]
    assert traces(b"".join(one.read_bytes() for one in lived.path.parent.glob("*.lock"))) == []


def test_she_can_come_back_as_somebody_new(lived) -> None:
    lived.run("erase", ID, "--yes")
    with lived.world() as world:
        employ(world)
        world.offered("third")
        assert any(one.caregiver_id == ID for one in world.record("third").offers or ())
    lived.assert_sound()


def test_it_can_be_named_by_any_of_her_ids(lived) -> None:
    assert lived.run("erase", f"{ID}-b", "--yes").exit_code == 0
    assert traces(lived.content()) == []


def test_a_phone_that_others_have_too_stays_theirs(place) -> None:
    # given
    with place.world(LONG_AGO) as world:
        employ(world)
        world.caregivers("mateo", phone=PHONE)
        world.asked("ana")
        world.says("ben", "YES")
        world.later(60)
    # when
    ran = place.run("erase", ID, "--yes")
    # then
    assert "Others have the same phone" in ran.output
    assert traces(place.content()) == [PHONE, PHONE[1:]]
    place.assert_sound()
    with place.world() as world:
        assert [one.phone for one in world.desk.caregivers().items if one.id == "mateo"] == [PHONE]


def test_whoever_has_a_shift_is_not_erased_before_it_is_released(place) -> None:
    # given
    with place.world(datetime(2050, 1, 1, tzinfo=UTC)) as world:
        employ(world)
        world.offered("early")
        world.says("marisol", "YES")
    before = place.rows("SELECT * FROM caregivers")
    # when
    ran = place.run("erase", ID, "--yes")
    # then
    assert ran.exit_code == ExitCode.REFUSED
    assert "They have the shift early: release it first" in ran.output
    assert place.rows("SELECT * FROM caregivers") == before


def test_a_phone_that_is_on_call_is_not_erased_before_it_is_taken_off(place) -> None:
    with place.world(LONG_AGO) as world:
        employ(world)
        row = {"id": "lakeside", "on_call": [{"channel": "voice", "to": PHONE}]}
        world.desk.put_organizations([type(world.desk.organizations().items[0]).model_validate(row)])
    ran = place.run("erase", ID, "--yes")
    assert ran.exit_code == ExitCode.REFUSED
    assert "on call for lakeside" in ran.output


def test_nobody_of_this_id_is_nobody_to_erase(lived) -> None:
    assert lived.run("erase", "somebody", "--yes").exit_code == ExitCode.REFUSED


def test_it_asks_first(lived) -> None:
    ran = lived.run("erase", ID)
    assert ran.exit_code == ExitCode.REFUSED
    assert PHONE in traces(lived.content())


def test_a_dry_run_says_how_much_and_changes_nothing_beside_a_running_service(lived) -> None:
    with lived.world():
        ran = lived.run("erase", ID, "--dry-run")
        assert ran.exit_code == 0
        assert "Would erase the words of" in ran.output
        assert lived.run("erase", ID, "--yes").exit_code == ExitCode.BUSY
    assert PHONE in traces(lived.content())


@pytest.mark.parametrize("point", ["replace", "unlink", "seal_up"])
def test_cut_off_at_any_point_the_journal_is_as_before_or_as_after(lived, monkeypatch, point: str) -> None:
    # given
    class Killed(BaseException):
        """Stands for the end of the process."""

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        if point == "seal_up":
            patched.setattr(rewriting, "seal_up", die)
        else:
            patched.setattr(type(lived.path), point, die)
        # when
        with pytest.raises(Killed):
            rewriting.rewrite(DatabaseFile.at(lived.path), lambda cursor: erase(cursor, ID, LATE))
    # then
    with lived.world() as world:
        world.desk.caregivers()
    lived.assert_sound()


def test_cut_off_while_the_log_of_a_killed_service_has_its_last_commits_nothing_of_them_is_lost(
    lived, tmp_path_factory, monkeypatch
) -> None:
    # given
    class Killed(BaseException):
        """Stands for the end of the process."""

    killed = Place(tmp_path_factory.mktemp("killed") / lived.path.name)
    with lived.world() as world:
        world.caregivers("somebody")
        killed.copied(lived)
    real = Path.replace

    def die(self: Path, target: Path) -> Path:
        if self.name == "anew.db":
            raise Killed
        return real(self, target)

    # when
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", die)
        with pytest.raises(Killed):
            rewriting.rewrite(DatabaseFile.at(killed.path), lambda cursor: erase(cursor, ID, LATE))
    # then
    with killed.world() as world:
        assert world.desk.caregiver("somebody") is not None
    killed.assert_sound()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_what_root_writes_anew_still_belongs_to_the_service(lived) -> None:
    # given
    for one in lived.path.parent.iterdir():
        os.chown(one, 1234, 1234)
    # when
    assert lived.run("erase", ID, "--yes").exit_code == 0
    # then
    assert {one.stat().st_uid for one in lived.path.parent.iterdir()} == {1234}


def test_what_a_killed_command_left_beside_the_journal_goes_with_the_next(lived) -> None:
    # given
    left = lived.path.with_name(f"{lived.path.name}.copy-killed")
    left.mkdir()
    (left / "anew.db").write_text(PHONE)
    # when
    assert lived.run("erase", ID, "--yes").exit_code == 0
    # then
    assert not left.exists()


def test_everybody_of_an_agency_can_be_erased_one_after_the_other(story) -> None:
    """After six days in which much went wrong, whoever it is, the doctor finds nothing."""
    people = story.rows("SELECT id FROM caregivers ORDER BY key")

    def erase_some(cursor: Cursor) -> None:
        for (caregiver_id,) in people[::7]:
            with suppress(CannotErase):
                erase(cursor, caregiver_id, LATE)

    # when
    rewriting.rewrite(DatabaseFile.at(story.path), erase_some)
    # then
    story.assert_sound()
    assert len(story.rows("SELECT 1 FROM caregivers WHERE name = '(erased)'")) > len(people) // 14


def stops_and_is_erased(place: Place, said: str = "STOP") -> None:
    """Let her stop something, and be erased after that."""
    with place.world(LONG_AGO) as world:
        employ(world)
        world.says("marisol", said)
        world.desk.settle()
    ran = place.run("erase", ID, "--yes")
    assert "a hash of the number is kept" in ran.output
    assert traces(place.content()) == []
    place.assert_sound()


def test_an_opt_out_is_honoured_when_the_number_is_loaded_again_and_says_nothing_of_her(place) -> None:
    # given
    stops_and_is_erased(place)
    # when: she comes under another name and id
    with place.world() as world:
        world.caregivers("again", "other", phone=PHONE)
        world.offered()
        # then
        again, ben, other = (world.desk.caregiver(one) for one in ("again", "ben", "other"))
        assert [one.opted_out for one in (again, ben, other)] == [True, False, True]
        assert [one.caregiver_id for one in world.record().offers] == ["ben", "cleo"]
        [said] = world.desk.consents("again")
        assert (said.what, said.by, said.given_at) == ("opted_out", "service", LONG_AGO)
        # when: she agrees again, and her number is put once more
        world.desk.state_consent("again", Consent(channel=Channel.SMS))
        world.caregivers("again", phone=PHONE, role="LPN")
        # then
        assert not world.desk.caregiver("again").opted_out
    place.assert_sound()


FORMER_PHONE = "+13125550888"


def test_a_number_that_she_had_before_goes_with_her_and_what_it_had_stopped_is_kept(place) -> None:
    # given
    with place.world(LONG_AGO) as world:
        world.caregivers("moved", phone=FORMER_PHONE)
        world.says("moved", "STOP")
        world.caregivers("moved", phone=PHONE)
    # when
    ran = place.run("erase", "moved", "--yes")
    # then
    assert "a hash of the number is kept" in ran.output
    assert FORMER_PHONE[1:].encode() not in place.content()
    place.assert_sound()
    with place.world() as world:
        world.caregivers("next", phone=FORMER_PHONE)
        assert world.desk.caregivers().items[0].opted_out


def test_a_number_that_she_had_before_and_somebody_has_now_stays_theirs(place) -> None:
    # given
    with place.world(LONG_AGO) as world:
        world.caregivers("moved", "other", phone=FORMER_PHONE, distinct=True)
        world.says("moved", "STOP")
        world.caregivers("moved", phone=PHONE)
    # when
    place.run("erase", "moved", "--yes")
    # then
    with place.world() as world:
        [other] = world.desk.caregivers().items
        assert (other.id, other.phone, other.opted_out) == ("other", FORMER_PHONE, True)


def test_a_wish_not_to_be_called_is_honoured_too(place) -> None:
    stops_and_is_erased(place, "do not call me, text is fine")
    with place.world() as world:
        world.caregivers("again", phone=PHONE)
        person = world.desk.caregiver("again")
        assert (person.no_calls, person.opted_out) == (True, False)


def test_an_opt_out_to_one_organization_is_none_to_another(place) -> None:
    stops_and_is_erased(place)
    with place.world() as world:
        world.desk.put_organizations([Organization(id="hilltop")])
        hill = Caregiver(id="hill", organization_id="hilltop", name="Hill", roles=("RN",), phone=PHONE)
        [answer] = world.desk.put_caregivers([hill])
        # and it hears nothing of the other
        assert answer.message == "Saved."
        assert not world.desk.caregiver("hill").opted_out
        world.caregivers("again", phone=PHONE)
        assert world.desk.caregiver("again").opted_out


def test_a_consent_that_is_loaded_with_her_counts_only_where_it_is_later(place) -> None:
    stops_and_is_erased(place)
    with place.world() as world:
        early, late = (
            Consent(channel=Channel.SMS, given_at=LONG_AGO + timedelta(hours=one)) for one in (-1, 1)
        )
        world.caregivers("again", phone=PHONE, consents=(early,))
        assert world.desk.caregiver("again").opted_out
        world.caregivers("again", phone=PHONE, consents=(late,))
        assert not world.desk.caregiver("again").opted_out


def test_who_has_stopped_nothing_leaves_no_hash(lived) -> None:
    assert "hash" not in lived.run("erase", ID, "--yes").output
    assert lived.rows("SELECT * FROM kept_opt_outs") == lived.rows("SELECT * FROM kept_key") == []


def test_a_second_erasure_keeps_the_opt_out_under_the_same_key(place) -> None:
    stops_and_is_erased(place)
    before = place.rows("SELECT digest, organization_id, channel FROM kept_opt_outs")
    with place.world() as world:
        world.caregivers("again", phone=PHONE)
        assert place.rows("SELECT * FROM kept_opt_outs") == []
    place.run("erase", "again", "--yes")
    assert place.rows("SELECT digest, organization_id, channel FROM kept_opt_outs") == before
