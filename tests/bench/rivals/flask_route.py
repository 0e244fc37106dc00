"""Rival (a): a Flask route that validates the same JSON with the very model that our own route uses, and answers.

It knows nobody and keeps nothing.

It is the floor that HTTP, Flask and validation cost, so (b) over (a) is what actors and a durable journal leave of it.
"""

import signal
import sys

from flask import Flask, Response, request
from pydantic import ValidationError

from firstyes.domain.answer import Answer, Status
from firstyes.domain.message import InboundMessage
from firstyes.web.server.server import Server
from firstyes.web.service.address import ListenAddress


def create_app() -> Flask:
    """The application, made in the worker."""
    app = Flask(__name__)

    @app.post("/messages/inbound")
    def inbound() -> Response:
        try:
            InboundMessage.model_validate_json(request.get_data())
        except ValidationError as error:
            return Response(error.json(include_url=False), 422, mimetype="application/problem+json")
        answer = Answer(status=Status.SUCCESS, message="You have the shift.")
        return Response(answer.model_dump_json(exclude_defaults=True), mimetype="application/json")

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    return app


def main(port: int, threads: int) -> None:
    """Serve until it is killed, on our own server."""
    listener = ListenAddress.find("127.0.0.1", port).listen()
    server = Server(create_app().wsgi_app, listener, threads)
    signal.signal(signal.SIGTERM, lambda *_: server.stop())
    server.run(lambda: None, 1.0)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
