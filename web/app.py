"""The app: the desk's methods over HTTP."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask.sessions import NullSession, SessionInterface
from werkzeug.routing import Rule

from ..actors.carriers.twilio.settings import TwilioSettings
from ..actors.desk.desk import ShiftDesk
from ..domain.errors import InvalidArgument
from .console.pages import add_console
from .console.sign_in import SignedInViewers
from .http.failures import answer_failures
from .http.guard import Guard
from .http.operation import Operations, ParameterConverter
from .http.walls import Walls
from .middleware import Middleware
from .routes.alerts import add_alert_operations
from .routes.caregivers import add_caregiver_operations
from .routes.documents import add_document_operations
from .routes.events import add_event_operations
from .routes.health import add_health_operations
from .routes.inbound import InboundRoute
from .routes.messages import add_message_operations
from .routes.organizations import add_organization_operations
from .routes.shifts import add_shift_operations
from .service.metrics import Metrics
from .service.web_settings import WebSettings
from .twilio.routes import OPEN, twilio_blueprint


def create_app(desk: ShiftDesk, settings: WebSettings, twilio: TwilioSettings | None = None) -> Flask:
    """Make the app that serves `desk`, which somebody else starts and closes. With the settings of a `TwilioCarrier` its
    webhooks are among the paths.

    Nothing is shared between two apps, and nothing is set up outside this one: mount it wherever WSGI is spoken.
    Raises `Unguarded` when `settings` have neither a token nor the word that the app is open on loopback only, and when
    they have no token and the desk's carrier is not the simulator; `InvalidArgument` when either is of another kind.
    """
    if isinstance(desk, type) or not hasattr(desk, "receive"):
        raise InvalidArgument(f"desk: create_app takes a ShiftDesk, not a {type(desk).__name__}")
    if not isinstance(settings, WebSettings):
        raise InvalidArgument(
            f'settings: create_app takes WebSettings(api_token="..."), not a {type(settings).__name__}'
        )
    settings.check(simulated=desk.simulated)
    metrics = Metrics(desk)
    inbound = InboundRoute(desk, settings, metrics)
    api = Operations(settings, Walls(desk))
    add_message_operations(api, desk, inbound)
    add_shift_operations(api, desk)
    add_organization_operations(api, desk)
    add_caregiver_operations(api, desk)
    add_event_operations(api, desk)
    add_alert_operations(api, desk)
    add_health_operations(api, desk, metrics)
    add_document_operations(
        api, with_token=lambda: settings.api_token is not None or not desk.accounts.access.nobody
    )

    app = _Api(__name__, static_folder=None)
    app.session_interface = _NoSessions()
    app.url_map.converters["parameter"] = ParameterConverter
    # A path that is not quite right is not found; a redirect would lose what was posted.
    app.url_map.merge_slashes = False
    for one in api.operations:
        app.add_url_rule(one.rule, one.name, one.answer_request, methods=[one.method])
    needs_no_token = {one.open_path for one in api.operations if one.open}
    if twilio is not None:
        app.register_blueprint(twilio_blueprint(desk, twilio, inbound))
        needs_no_token |= OPEN
    viewers = SignedInViewers(desk.accounts, is_open=settings.api_token is None)
    add_console(app, desk, viewers)
    answer_failures(app)
    guard = Guard(settings, desk.accounts, needs_no_token)
    app.wsgi_app = Middleware(app.wsgi_app, guard, metrics, inbound, viewers)  # type: ignore[method-assign]
    return app


class _Rule(Rule):
    """Works out how URLs are built when one is: nobody here asks for that, and it is most of what making an app takes."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compile_now = super()._compile_builder

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            return compile_now(append_unknown)(rule, **values)

        return build


class _Api(Flask):
    url_rule_class = _Rule

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Give the view as it is: none is a coroutine, and Flask would look at each for each request."""
        return func


class _NoSessions(SessionInterface):
    """The API keeps no sessions, and making a null one for each request costs 3 µs."""

    _none = NullSession()

    def open_session(self, app: Flask, request: object) -> NullSession:
        return self._none

    def save_session(self, *_: object) -> None:
        """Keep nothing."""
