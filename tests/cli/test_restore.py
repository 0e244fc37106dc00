"""docs/backup.md, "Put it back", done as it stands."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from evidence.free_port import free_port
from support.patience import PATIENCE
from support.service import FIRSTYES, ROOT, SAMPLE, environment, firstyes, serving

pytestmark = pytest.mark.server


def as_the_page_says(folder: Path) -> None:
    """Type what the page shows."""
    [typed] = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "backup.md").read_text(), re.DOTALL)
    path = f"{Path(FIRSTYES).parent}:{os.environ['PATH']}"
    ran = subprocess.run(
        ["/bin/sh", "-e", "-c", typed],
        cwd=folder,
        env={**environment(), "PATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert ran.returncode == 0, ran.stderr
    assert "The journal is sound." in ran.stdout


def test_row_45_backup_restore_start_stop_start(tmp_path: Path) -> None:
    # given
    store = tmp_path / "var" / "firstyes.db"
    (tmp_path / "backups").mkdir()
    with serving(store, "--load", str(SAMPLE)) as service:
        service.call("POST", "/shifts/shift-rn-monday/fanout")
        assert service.says("+13125550141", "yes")["status"] == "success"
        made = firstyes("backup", str(tmp_path / "backups" / "monday.db"), store=f"sqlite:///{store}")
        assert made.returncode == 0
        service.call("POST", "/shifts/shift-lpn-tuesday/fanout")
        assert service.stop() == 0
    # when
    as_the_page_says(tmp_path)
    # then
    for _ in range(3):
        with serving(store) as service:
            record = service.call("GET", "/shifts/shift-rn-monday")[1]
            assert (record["status"], record["claimed_by"]) == ("claimed", "cg-marta")
            assert service.call("GET", "/shifts/shift-lpn-tuesday")[1]["status"] == "pending"
            assert service.stop() == 0


def test_row_53_a_read_only_journal_ends_the_start_in_words(tmp_path: Path) -> None:
    # given
    store = tmp_path / "firstyes.db"
    assert firstyes("load", str(SAMPLE), store=f"sqlite:///{store}").returncode == 0
    store.chmod(0o400)
    # when
    ran = firstyes("serve", "--port", str(free_port()), store=f"sqlite:///{store}")
    # then
    assert ran.returncode == 69
    assert ran.stdout == b""
    [line] = ran.stderr.decode().splitlines()
    assert f"{store} is read-only" in line
