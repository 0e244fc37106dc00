"""Identifiers of organizations, caregivers, shifts and messages: opaque, chosen by whoever brings the data."""

from typing import Annotated

from pydantic import StringConstraints

PATTERN = r"^[A-Za-z0-9._:-]{1,128}$"

Identifier = Annotated[str, StringConstraints(pattern=PATTERN)]
