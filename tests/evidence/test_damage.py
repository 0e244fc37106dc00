"""Bytes of a journal changed: a sample of the full run, and proof that it would notice."""

from pathlib import Path

import pytest

from evidence.damage import part as damage
from evidence.damage.scene import make_states
from evidence.damage.trial import BY_DOCTOR, BY_SUM, SILENT, Trial
from evidence.part import Finding
from firstyes.actors.journal.files import diagnosis, opening


def sample(share: float) -> Finding:
    return damage.run(share, lambda _: None)


@pytest.mark.fault(39)
@pytest.mark.fault(40)
def test_no_byte_of_a_journal_changes_unnoticed() -> None:
    found = sample(0.0005)
    assert found.holds, found.problems


def test_without_the_seal_s_number_dropped_commits_would_go_unnoticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opening, "refuse_cut_short", lambda *_: None)
    found = sample(0.0001)
    assert not found.holds
    assert "without a word" in found.problems[0]


def test_without_the_seal_s_sums_a_changed_text_would_go_unnoticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    (tmp_path / "made").mkdir()
    (tmp_path / "tried").mkdir()
    *_, closed = make_states(tmp_path / "made")
    trial = Trial(tmp_path / "tried", closed)
    place = closed.files[""].index(b"Thank you!")
    assert trial.flip("", place) == BY_SUM
    # when
    monkeypatch.setattr(opening, "refuse_altered", lambda *_: None)
    # then
    assert trial.flip("", place) == BY_DOCTOR
    monkeypatch.setattr(diagnosis, "altered_pages", lambda *_: iter(()))
    assert trial.flip("", place) == SILENT
