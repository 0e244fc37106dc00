"""The served document against the served API, by requests nobody thought of, on a real desk."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from pydantic import SecretStr
from schemathesis import Case, Response
from schemathesis.specs.openapi.checks import positive_data_acceptance

from firstyes.actors.desk import ShiftDesk
from firstyes.web.app import create_app
from firstyes.web.service.web_settings import WebSettings

pytestmark = pytest.mark.fault(51)

TOKEN = "a-long-and-secret-token"
EXAMPLES = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


# Not started before its tests are: schemathesis wants the document while it collects them.
DESK = ShiftDesk("sqlite://")
OPEN = schemathesis.openapi.from_wsgi("/openapi.json", create_app(DESK, WebSettings(open=True)))
GUARDED = schemathesis.openapi.from_wsgi(
    "/openapi.json", create_app(DESK, WebSettings(api_token=SecretStr(TOKEN)))
)


@pytest.fixture(scope="module", autouse=True)
def desk() -> Iterator[None]:
    with DESK:
        yield


BEYOND_SCHEMAS = (
    "end_time must come after start_time",
    "the shift is shorter than",
    "the shift is longer than",
    "is no IANA time zone",
    "is no country code",
    "is no phone number",
    "more than one number",
    "an extension cannot be texted",
    "rounded the number",
    "7 to 15 digits",
    "is no complete number",
    "holds nothing that can be seen",
    "the time lies outside the years",
    "valid datetime",
    "is more than one role",
    # To a schema 600.0 is a whole number.
    "valid integer",
)
"""Rules that JSON Schema has no words for, by what is told of them."""


def obey(case: Case[Any], headers: dict[str, str] | None = None) -> None:
    """Send the request and apply every check, save that data may break a rule which no schema can state."""
    response = case.call(headers=headers)
    excused: list[Any] = [positive_data_acceptance] if breaks_a_rule_beyond_schemas(response) else []
    case.validate_response(response, headers=headers, excluded_checks=excused)


def breaks_a_rule_beyond_schemas(response: Response) -> bool:
    if response.status_code not in (400, 422):
        return False
    problem = response.json()
    return problem["type"].endswith(":bad-cursor") or all(
        any(rule in fault["detail"] for rule in BEYOND_SCHEMAS)
        for fault in problem.get("errors", [{"detail": ""}])
    )


@OPEN.parametrize()
@EXAMPLES
def test_the_open_api_does_what_its_document_says(case: Case[Any]) -> None:
    obey(case)


@GUARDED.parametrize()
@EXAMPLES
def test_the_guarded_api_does_what_its_document_says(case: Case[Any]) -> None:
    obey(case, {"Authorization": f"Bearer {TOKEN}"})
