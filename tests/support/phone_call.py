"""A call, as Twilio leads it: it asks us what to do, step by step."""

from xml.etree.ElementTree import Element, fromstring

from werkzeug.test import TestResponse

from .signed_posts import ACCOUNT, PUBLIC, SignedPosts
from .world import DIALLED


class PhoneCall:
    """A call with somebody, whom Twilio asks us about; follows the URLs that it is given."""

    def __init__(self, posts: SignedPosts, person: str, sid: str = "CA1", *, inbound: bool = False) -> None:
        self.posts = posts
        ends = {"From": person, "To": DIALLED} if inbound else {"From": DIALLED, "To": person}
        self.form = {"CallSid": sid, "AccountSid": ACCOUNT, **ends}
        self.last: Element = Element("Response")

    def ask(self, url: str, **fields: str) -> "PhoneCall":
        """Ask what to do at this URL."""
        path = url.removeprefix(PUBLIC).partition("#")[0]
        response: TestResponse = self.posts.post(path, {**self.form, **fields})
        assert response.status_code == 200, response.data
        assert response.content_type == "text/xml; charset=utf-8"
        self.last = fromstring(response.data)
        return self

    def press(self, keys: str) -> "PhoneCall":
        """Press keys where they are waited for."""
        return self.ask(self.action, Digits=keys)

    @property
    def action(self) -> str:
        """Where keys are posted."""
        [url] = {one.attrib["action"] for one in self.last.iter("Gather")}
        return url

    @property
    def said(self) -> list[str]:
        """What is said, one sentence after another."""
        return [one.text or "" for one in self.last.iter("Say")]

    @property
    def verbs(self) -> list[str]:
        """What is done."""
        return [one.tag for one in self.last]
