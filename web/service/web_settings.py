"""How the web floor guards itself: settings of one app."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, SecretStr, ValidationError

from ...domain.errors import FirstyesError, InvalidArgument
from ...domain.frozen import Frozen


class Unguarded(FirstyesError):
    """Raised when an app would be open: it has no token, and no word that it is open on loopback, or real phones."""


def _can_be_sent(token: SecretStr) -> SecretStr:
    text = token.get_secret_value()
    if not text or not all("!" <= letter <= "~" for letter in text):
        raise ValueError("a token is at least one visible ASCII character and has no blanks")
    return token


Token = Annotated[SecretStr, AfterValidator(_can_be_sent)]
Bytes = Annotated[int, Field(ge=1, le=1 << 30)]


class WebSettings(Frozen):
    """Settings of one app.

    With `api_token` every caller must bring it, wherever the app listens. Without one the app has to be told that it
    is `open`: whoever says so promises that it is served on a loopback address only. It cannot see the address
    itself; what it does then against web pages open on the same machine is in `Guard`.

    `body_limit` and `bulk_limit` are the longest bodies taken, in bytes: of one thing, and of a list of things.
    """

    api_token: Token | None = None
    open: Annotated[bool, Field(strict=True)] = False
    body_limit: Bytes = 1 << 20
    bulk_limit: Bytes = 8 << 20

    def __init__(
        self,
        *,
        api_token: str | SecretStr | None = None,
        open: bool = False,  # noqa: A002 - the word stands in the docs of all who use it
        body_limit: int = 1 << 20,
        bulk_limit: int = 8 << 20,
    ) -> None:
        """Take the token as text too. Raises `InvalidArgument`, which never repeats what was given."""
        try:
            BaseModel.__init__(
                self, api_token=api_token, open=open, body_limit=body_limit, bulk_limit=bulk_limit
            )
        except ValidationError as error:
            told = (
                f"{one['loc'][0]}: {one['msg'].removeprefix('Value error, ')}"
                for one in error.errors(include_input=False, include_url=False)
            )
            raise InvalidArgument("; ".join(told)) from None

    def check(self, *, simulated: bool = True) -> None:
        """Raise `Unguarded` unless there is a token, or the word that the app is open while phones are `simulated`."""
        if self.api_token is None and not simulated:
            raise Unguarded(
                "The API has no token, and its carrier reaches real phones: give it a token (api_token). Open on loopback"
                " is for simulated phones only, because a proxy on this machine can open it to everybody."
            )
        if self.api_token is None and not self.open:
            raise Unguarded(
                "The API has no token. Give it one (api_token), or, if it is served on a loopback address only,"
                " say that it is open (open=True)."
            )
