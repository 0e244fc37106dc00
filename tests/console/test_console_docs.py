"""docs/console.md names every page."""

import re
from pathlib import Path

TEXT = (Path(__file__).resolve().parents[2] / "docs/console.md").read_text()


def test_every_page_is_in_it_and_none_that_is_not_there(client) -> None:
    served = {
        re.sub(r"<[^:>]+(?:\(.*?\))?:(\w+)>", r"{\1}", rule.rule)
        for rule in client.application.url_map.iter_rules()
        if rule.endpoint.startswith("console.")
        and "GET" in (rule.methods or ())
        and rule.endpoint not in ("console.asset", "console.nothing")
    }
    assert set(re.findall(r"^\| `(/[^`?]*)` \|", TEXT, re.MULTILINE)) == served
