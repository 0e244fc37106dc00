"""A site that a test breaks in one place."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.site import Site
from twilio_server.server import serving


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """All is as it should be."""
    with serving() as twilio:
        yield Site(twilio, tmp_path)
