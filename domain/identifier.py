"""Identifiers of organizations, caregivers, shifts and messages: opaque, chosen by whoever brings the data."""

from typing import Annotated

from pydantic import StringConstraints

PATTERN = r"^(?:\.{0,2}[A-Za-z0-9_:-]|\.{3})[A-Za-z0-9._:-]{0,127}$"
"""Anything of these but "." and "..", which mean something else in a path."""
MOST = 128

Identifier = Annotated[str, StringConstraints(pattern=PATTERN, min_length=1, max_length=MOST)]
