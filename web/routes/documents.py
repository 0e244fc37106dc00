"""The OpenAPI document, and a page to read it and try it."""

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from flask import Response, request
from werkzeug.exceptions import NotFound

from ..http.openapi import OpenApi
from ..http.operation import Operations

PAGES = Path(__file__).parents[1] / "pages"
SWAGGER_UI = "flask_openapi3_swagger"
"""The distribution whose files of Swagger UI are served; its code is not imported."""

ASSETS = {
    "swagger-ui.css": "templates/swagger/css/swagger-ui.css",
    "swagger-ui-bundle.js": "templates/swagger/js/swagger-ui-bundle.js",
}
OWN_ASSETS = ("start.js",)
KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:;"
    " style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Swagger UI writes style attributes, hence the one relaxation; no script but ours and its own runs."""


def add_document_operations(api: Operations, *, with_token: Callable[[], bool]) -> None:
    """Add the operations that describe all others and themselves; `with_token` says whether a token is needed by now."""

    @api.get("/openapi.json", "This document", open=True)
    def openapi() -> Response:
        """Gives this document. Needs no token."""
        return Response(document(with_token()).text(request.root_path), content_type="application/json")

    @api.get("/docs", "A page to read and try the API", media="text/html", open=True)
    def docs() -> Response:
        """Shows a page on which the API can be read and tried. Needs no token; trying the API does."""
        page = Response((PAGES / "docs.html").read_bytes(), content_type="text/html; charset=utf-8")
        page.headers["Content-Security-Policy"] = PAGE_POLICY
        return page

    @api.get("/docs/{asset}", "A file of that page", media="*/*", open=True)
    def docs_asset(asset: str) -> Response:
        """Gives a file the page needs. Needs no token."""
        path = _asset(asset)
        if path is None:
            raise NotFound
        file = Response(path.read_bytes(), content_type=KINDS[path.suffix])
        file.cache_control.max_age = 3600
        file.add_etag()
        file.make_conditional(request)
        return file

    @cache
    def document(with_token: bool) -> OpenApi:
        return OpenApi(api.operations, with_token=with_token)


def _asset(name: str) -> Path | None:
    if name in OWN_ASSETS:
        return PAGES / name
    if name not in ASSETS:
        return None
    spec = find_spec(SWAGGER_UI)
    assert spec is not None and spec.submodule_search_locations
    return Path(next(iter(spec.submodule_search_locations)), ASSETS[name])
