"""The pages name settings, files and codes that exist, and all of them."""

import re
from pathlib import Path

import pytest

from firstyes.web.commands.check import describe_value
from firstyes.web.commands.exit_codes import MEANINGS, ExitCode
from firstyes.web.service.settings import PREFIX, ServiceSettings
from support.service import ROOT

PAGES = sorted(path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
SETTINGS = (ROOT / "docs" / "settings.md").read_text()


def test_every_setting_is_documented_with_its_default() -> None:
    # given
    rows = re.findall(r"^\| `(FIRSTYES_\w+)` \| (.*?) \|", SETTINGS, re.MULTILINE)
    # when
    documented = {name: default.strip("`") for name, default in rows}
    # then
    fields = ServiceSettings.model_fields
    assert len(rows) == len(documented)
    assert documented == {
        PREFIX + name.upper(): describe_value(field.default) for name, field in fields.items()
    }


def test_every_exit_code_is_documented() -> None:
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \| (.*) \|$", SETTINGS, re.MULTILINE)
    assert [(int(code), name, said) for code, name, said in rows] == [
        (code.value, code.name, MEANINGS[code]) for code in ExitCode
    ]


def test_the_settings_the_readme_names_have_the_same_defaults() -> None:
    readme = (ROOT / "README.md").read_text()
    for names, defaults in re.findall(r"^\| (`FIRSTYES_.*?) \| (.*?) \|", readme, re.MULTILINE):
        for name, default in zip(names.split(", "), defaults.split(", "), strict=True):
            told = "not set" if default == "none" else default.strip("`")
            assert (
                describe_value(
                    ServiceSettings.model_fields[name.strip("`").removeprefix(PREFIX).lower()].default
                )
                == told
            )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_files_that_a_page_names_exist(page: Path) -> None:
    text = page.read_text()
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    files = re.findall(r"`((?:actors|bench|docs|domain|sample|tests|web)/[\w./-]+)`", text)
    assert [link for link in links if link and not (page.parent / link).exists()] == []
    assert [
        file for file in files if not (ROOT / file).exists() and not file.startswith("tests/bench/results")
    ] == []


def test_the_way_through_the_code_passes_every_floor_from_the_door_to_the_carrier() -> None:
    named = re.findall(r"`([\w/]+\.py)`", (ROOT / "docs" / "architecture.md").read_text())
    assert named[1:3] == ["run.py", "web/commands/group.py"]
    stations = [
        "web/app.py", "actors/desk/desk.py", "actors/inbound.py", "actors/supervisor.py", "actors/stream_actor.py",
        "domain/shift/decide.py", "actors/journal/port.py", "actors/outbox/outbox_actor.py", "actors/carriers/port.py",
    ]  # fmt: skip
    places = [named.index(one) for one in stations]
    assert places == sorted(places)
