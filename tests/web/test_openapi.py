"""The OpenAPI document, and the page that shows it."""

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from firstyes.domain.caregiver import Caregiver


@pytest.fixture
def document(client):
    return client.get("/openapi.json").get_json()


@pytest.fixture
def guarded_document(guarded):
    return guarded.get("/openapi.json").get_json()


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def routes(app) -> set[tuple[str, str]]:
    """Those of the API; pages for people are none."""
    return {
        (re.sub(r"<[\w()]+:(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        # Pages of the console and webhooks are no operations of the API.
        if "." not in rule.endpoint
        for method in rule.methods or ()
        if method not in ("HEAD", "OPTIONS")
    }


def test_it_is_a_valid_document_of_openapi_3_1(document, guarded_document) -> None:
    for one in (document, guarded_document):
        assert one["openapi"].startswith("3.1")
        OpenAPIV31SpecValidator(one).validate()


def test_every_route_is_in_it_and_nothing_else(app, document) -> None:
    assert {(path, method) for path, method, _ in operations(document)} == routes(app)


def test_every_operation_says_what_it_does_and_can_end_in_a_problem(document) -> None:
    for path, method, operation in operations(document):
        assert operation["description"], (method, path)
        assert "200" in operation["responses"]
        problem = operation["responses"]["default"]["content"]
        assert problem == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def test_names_of_operations_are_their_own(document) -> None:
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))


def test_bodies_refuse_unknown_fields_in_it_as_they_do_in_fact(document) -> None:
    for name in (
        "InboundMessage",
        "Shift",
        "CaregiverInput",
        "Organization",
        "CancelBody",
        "OrderBody",
        "AssignBody",
    ):
        assert document["components"]["schemas"][name]["additionalProperties"] is False


def test_a_caregiver_s_single_role_is_in_it(document) -> None:
    schema = document["components"]["schemas"]["CaregiverInput"]
    assert schema["oneOf"] == [{"required": ["roles"]}, {"required": ["role"]}]
    assert set(schema["properties"]) == {*Caregiver.model_fields, "role"}


def test_blanks_around_a_text_are_in_it_as_they_are_in_fact(client, desk, document) -> None:
    # given
    pattern = re.compile(document["components"]["schemas"]["Shift"]["properties"]["role_required"]["pattern"])
    tried = ["RN", " R", "RN\f", "\n R N", "R" * 40 + " " * 9, "", " ", "R\x00N", "\x85", "R" * 41]
    # when
    fits = [bool(pattern.fullmatch(role)) for role in tried]
    accepted = [client.get("/shifts", query_string={"role": role}).status_code == 200 for role in tried]
    # then
    assert fits == accepted == [True] * 5 + [False] * 5


def test_only_with_a_token_it_asks_for_one(document, guarded_document) -> None:
    assert "security" not in document
    assert guarded_document["security"] == [{"token": []}]
    open_to_all = {path for path, _, one in operations(guarded_document) if one.get("security") == []}
    assert open_to_all == {"/health", "/livez", "/readyz", "/openapi.json", "/docs", "/docs/{asset}"}


def test_the_page_runs_no_script_from_elsewhere(client) -> None:
    # when
    page = client.get("/docs")
    html = page.get_data(as_text=True)
    # then
    assert page.content_type == "text/html; charset=utf-8"
    [policy] = page.headers.getlist("Content-Security-Policy")
    assert "script-src 'self';" in policy
    assert "http" not in html
    assert not re.search(r"<script(?![^>]*\bsrc=)|\bon\w+=", html)


def test_all_the_page_names_is_served_from_here(client) -> None:
    html = client.get("/docs").get_data(as_text=True)
    named = [name for name in re.findall(r'(?:src|href)="([^"]+)"', html) if not name.startswith("data:")]
    assert len(named) == 4
    for name in named:
        response = client.get(f"/{name}")
        assert response.status_code == 200, name
        assert response.get_data()


def test_the_page_s_files_are_sent_once_and_then_only_looked_after(client) -> None:
    # given
    first = client.get("/docs/swagger-ui.css")
    assert first.headers["Cache-Control"] == "max-age=3600"
    # when
    again = client.get("/docs/swagger-ui.css", headers={"If-None-Match": first.headers["ETag"]})
    # then
    assert (again.status_code, again.get_data()) == (304, b"")


@pytest.mark.parametrize("name", ["openapi.py", "..", "docs.html", "swagger-ui.css.map"])
def test_no_other_file_is_served(client, name) -> None:
    assert client.get(f"/docs/{name}").status_code == 404


def test_swagger_ui_can_read_openapi_3_1() -> None:
    """From 5.0 it can; its licence allows to hand it on."""
    spec = find_spec("flask_openapi3_swagger")
    assert spec is not None and spec.origin is not None
    version = (Path(spec.origin).parent / "__version__.py").read_text()
    assert int(re.findall(r"(\d+)\.", version)[0]) >= 5
