"""The files that pages load: read once, packed once, and named by what is in them, so that browsers keep them for good."""

import gzip
from hashlib import blake2b
from pathlib import Path

from flask import Response, request
from werkzeug.exceptions import NotFound

FOLDER = Path(__file__).parent / "assets"
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
FOR_GOOD = "public, max-age=31536000, immutable"


class Assets:
    """Our style, our script and our picture."""

    def __init__(self) -> None:
        self._files = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir())}
        self._packed = {name: gzip.compress(data, 9, mtime=0) for name, data in self._files.items()}
        self._marks = {name: blake2b(data, digest_size=6).hexdigest() for name, data in self._files.items()}

    def url(self, name: str) -> str:
        """Give the address of a file, which changes when it does."""
        return f"{request.root_path}/console/assets/{self._marks[name]}/{name}"

    def answer(self, mark: str, name: str) -> Response:
        """Answer a request for a file. Raises `NotFound` when there is none of that name."""
        if name not in self._files:
            raise NotFound
        packs = "gzip" in request.headers.get("Accept-Encoding", "")
        file = Response((self._packed if packs else self._files)[name], content_type=KINDS[Path(name).suffix])
        file.headers["Vary"] = "Accept-Encoding"
        if packs:
            file.headers["Content-Encoding"] = "gzip"
        if mark == self._marks[name]:
            file.headers["Cache-Control"] = FOR_GOOD
        return file
