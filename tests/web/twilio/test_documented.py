"""Twilio's paths, as they are described."""

import re
from pathlib import Path

from flask import Flask

from firstyes.web.app import create_app
from firstyes.web.service.web_settings import WebSettings
from support.scripted_desk import ScriptedDesk
from support.signed_posts import SignedPosts

ROOT = Path(__file__).resolve().parents[3]


def served(app: Flask) -> set[str]:
    return {
        method + " " + re.sub(r"<(?:[^:>]+:)?([^>]+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method not in ("HEAD", "OPTIONS")
    }


def test_every_path_of_twilio_is_in_the_page_on_the_api_and_none_that_is_not_there() -> None:
    # given
    desk = ScriptedDesk()
    plain = create_app(desk, WebSettings(api_token="a-token"))  # type: ignore[arg-type]
    app = SignedPosts(desk).app  # type: ignore[arg-type]
    text = (ROOT / "docs/api.md").read_text()
    # then
    assert served(app) - served(plain) == set(
        re.findall(r"^\| `(POST /twilio/[^`]+)` \|", text, re.MULTILINE)
    )
