"""The served document against the served API, by requests nobody thought of, on a real desk."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from pydantic import SecretStr
from schemathesis import Case, Response
from schemathesis.pytest.lazy import get_all_tests
from schemathesis.specs.openapi.checks import positive_data_acceptance

from firstyes.actors.desk.desk import ShiftDesk
from firstyes.web.app import create_app
from firstyes.web.service.web_settings import WebSettings

pytestmark = pytest.mark.fault(51)

TOKEN = "a-long-and-secret-token"
EXAMPLES = settings(max_examples=settings.default.max_examples // 10, suppress_health_check=list(HealthCheck))

BEYOND_SCHEMAS = (
    "end_time must come after start_time",
    "the shift is shorter than",
    "the shift is longer than",
    "is no IANA time zone",
    "is no country code",
    "is no phone number",
    "more than one number",
    "more digits than one number",
    "an extension cannot be texted",
    "rounded the number",
    "7 to 15 digits",
    "is no complete number",
    "holds nothing that can be seen",
    "the time lies outside the years",
    "give the time as RFC 3339",
    "is more than one role",
    "this is no address for e-mail",
    "a webhook is an https URL",
    # To a schema 600.0 is a whole number.
    "give a whole number",
    # An organization's own texts.
    "give the organization a name",
    "has to have",
    "has to teach",
    "a brace stands alone",
    "carriers take",
    "leave out emoji",
    "too long for",
)
"""Rules that JSON Schema has no words for, by what is told of them."""


def obey(case: Case[Any], headers: dict[str, str]) -> None:
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


def test_the_api_does_what_its_document_says() -> None:
    """Made here and not where tests are collected: that takes longer than to collect all others, and each worker does it."""

    def obeys(case: Case[Any]) -> None:
        obey(case, {"Authorization": f"Bearer {TOKEN}"})

    with ShiftDesk("sqlite://") as desk:
        app = create_app(desk, WebSettings(api_token=SecretStr(TOKEN)))
        schema = schemathesis.openapi.from_wsgi("/openapi.json", app)
        for made in get_all_tests(schema=schema, test_func=obeys, settings=EXAMPLES, given_kwargs=None):
            _, test = made.ok()
            test()
