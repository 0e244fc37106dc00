"""Data to load, and where it is put: what tests of `firstyes load` share."""

import json
from pathlib import Path
from typing import Any

SHIFT = {
    "id": "s1",
    "organization_id": "lakeside",
    "role_required": "RN",
    "start_time": "2030-07-16T07:00:00-05:00",
    "end_time": "2030-07-16T15:00:00-05:00",
}
ALMA = {"id": "alma", "name": "Alma Reyes", "role": "RN", "phone": "+15550001"}


def written(tmp_path: Path, data: Any) -> str:
    """Write a file of data, as it is or as JSON, and give its name."""
    file = tmp_path / "data.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data))
    return str(file)


def store_in(tmp_path: Path) -> str:
    """Name a journal in that folder."""
    return f"sqlite:///{tmp_path}/a.db"
