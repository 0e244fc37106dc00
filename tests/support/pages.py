"""The console's pages as a browser without a script has them: read, and their forms sent."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Form:
    """One form of a page: where it goes, its fields as they stand, and what its button says."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    button: str = ""


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._inside = self._button = self._first_option = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("method") == "post"
            if self._inside:
                self.found.append(Form(given["action"]))
        elif self._inside and tag in ("input", "select", "textarea") and "name" in given:
            self.found[-1].fields[given["name"]] = given.get("value", "")
            self._first_option = tag == "select"
        elif self._inside and tag == "option":
            [*_, name] = self.found[-1].fields
            if "selected" in given or self._first_option:
                self.found[-1].fields[name] = given.get("value", "")
            self._first_option = False
        elif self._inside and tag == "button":
            self._button = True
            if "name" in given:
                self.found[-1].fields[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "button":
            self._button = False

    def handle_data(self, data: str) -> None:
        if self._inside and self._button:
            self.found[-1].button += data.strip()


class Pages:
    """Somebody at the console."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def text(self, path: str) -> str:
        """Read a page."""
        response = self.client.get(path)
        assert response.status_code == 200, response.get_data(as_text=True)
        return response.get_data(as_text=True)

    def form(self, path: str, button: str, nth: int = 0) -> Form:
        """Find the form on a page whose button says so."""
        return self.forms(self.text(path), button)[nth]

    def forms(self, text: str, button: str) -> list[Form]:
        """Find the forms in the text of a page whose button says so."""
        parser = _Forms()
        parser.feed(text)
        return [one for one in parser.found if one.button == button]

    def send(self, form: Form, headers: dict[str, str] | None = None, **typed: Any) -> TestResponse:
        """Send a form."""
        return self.client.post(
            form.action, data={**form.fields, **typed}, headers=SAME_ORIGIN if headers is None else headers
        )

    def press(self, path: str, button: str, nth: int = 0, **typed: Any) -> str:
        """Send the form on a page whose button says so, and read the page it leads to."""
        response = self.send(self.form(path, button, nth), **typed)
        assert response.status_code == 303, response.get_data(as_text=True)
        return self.text(response.headers["Location"])
