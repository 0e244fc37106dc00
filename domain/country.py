"""Countries, by the two letters of ISO 3166."""

from typing import Annotated

import phonenumbers
from pydantic import AfterValidator, StringConstraints

MEANT = {"UK": "GB", "USA": "US", "EN": "GB", "GER": "DE", "ESP": "ES", "MEX": "MX"}


def _known(code: str) -> str:
    country = code.upper()
    if country not in phonenumbers.SUPPORTED_REGIONS:
        meant = MEANT.get(country, "US")
        raise ValueError(f"this is no country code of two letters (ISO 3166); write for example {meant}")
    return country


Country = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), AfterValidator(_known)
]
