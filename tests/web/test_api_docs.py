"""docs/api.md says all there is to say."""

import ast
import re
from pathlib import Path

import pytest

from firstyes.domain.answer import Refusal, Status
from firstyes.web.http.failures import EXPECTED
from firstyes.web.http.problems import URN

ROOT = Path(__file__).resolve().parents[2]
MAKERS = {"problem", "refuse", "refuse_request", "found_faults", "_unavailable"}


@pytest.fixture(scope="module")
def text() -> str:
    return (ROOT / "docs/api.md").read_text()


def kinds_of_problems() -> set[str]:
    """The kinds the code makes: written out where they are made, or named by a refusal."""
    written = {
        node.args[0].value
        for path in (ROOT / "web").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in MAKERS
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }
    assert {document.type.removeprefix(URN) for document, _ in EXPECTED.values()} <= written
    return written | {one.replace("_", "-") for one in Refusal}


def test_every_route_is_in_it_and_none_that_is_not_there(app, text) -> None:
    served = {
        method + " " + re.sub(r"<\w+(?:\(.*?\))?:(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method not in ("HEAD", "OPTIONS") and not rule.endpoint.startswith("console.")
    }
    assert set(re.findall(r"^#+ `((?:GET|POST|PUT|DELETE) [^`]+)`$", text, re.MULTILINE)) == served


def test_every_parameter_and_field_is_in_it(client, text) -> None:
    document = client.get("/openapi.json").get_json()
    schemas = document["components"]["schemas"]
    bodies = (
        "InboundMessage", "Shift", "CaregiverInput", "Organization", "CancelBody", "Round", "Problem", "Fault",
    )  # fmt: skip
    names = {name for body in bodies for name in schemas[body]["properties"]}
    for methods in document["paths"].values():
        for operation in methods.values():
            names |= {one["name"] for one in operation.get("parameters", ())}
    assert {name for name in names if f"`{name}`" not in text and f"{{{name}}}" not in text} == set()


def test_every_kind_of_problem_is_in_it(text) -> None:
    _, _, problems = text.partition("## Problems")
    assert kinds_of_problems() == set(re.findall(r"^\| `([a-z-]+)` \|", problems, re.MULTILINE))


def test_every_status_of_an_answer_is_in_it(text) -> None:
    assert {one for one in Status if one is not Status.REFUSED and f"`{one}`" not in text} == set()


def test_every_figure_for_prometheus_is_in_it(client, text) -> None:
    client.post("/messages/inbound", json={"from_phone": "1", "body": "yes"})
    metrics = client.get("/metrics").get_data(as_text=True)
    ours = set(re.findall(r"^# TYPE (firstyes_\w+) ", metrics, re.MULTILINE))
    assert {name for name in ours if not name.endswith("_created") and f"`{name}`" not in text} == set()
