"""The service behind a real nginx that speaks TLS, with the snippet as it is shipped."""

import os
import shutil
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.free_port import free_port
from support.patience import PATIENCE
from support.service import serving

pytestmark = pytest.mark.server
SNIPPET = Path(__file__).resolve().parents[2] / "deploy/nginx.conf"
TOKEN = "a-token-of-this-test"
NAME = "shifts.example.org"


@pytest.fixture
def proxied(tmp_path: Path) -> Iterator[tuple[str, ssl.SSLContext]]:
    """The address of the proxy, and who trusts its certificate."""
    nginx, openssl = shutil.which("nginx"), shutil.which("openssl")
    if nginx is None or openssl is None:
        if os.environ.get("CI"):
            pytest.fail("nginx and openssl are needed: apt-get install nginx-light openssl")
        pytest.skip("nginx and openssl are needed")
    asked = (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    subprocess.run(
        [openssl, *asked.split(), "-keyout", "it.key", "-out", "it.pem"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    with serving(tmp_path / "a.db", api_token=TOKEN) as service:
        plain, secure = free_port(), free_port()
        text = SNIPPET.read_text()
        for shipped, here in (
            ("http://127.0.0.1:8080", f"http://127.0.0.1:{service.port}"),
            ("listen 80;", f"listen 127.0.0.1:{plain};"),
            ("listen 443 ssl;", f"listen 127.0.0.1:{secure} ssl;"),
            (f"/etc/ssl/{NAME}.pem", str(tmp_path / "it.pem")),
            (f"/etc/ssl/{NAME}.key", str(tmp_path / "it.key")),
            (NAME, "localhost"),
        ):
            assert shipped in text
            text = text.replace(shipped, here)
        (tmp_path / "nginx.conf").write_text(
            f"pid {tmp_path}/pid; error_log stderr;\nevents {{}}\nhttp {{ access_log off;\n"
            f"client_body_temp_path {tmp_path}/body; proxy_temp_path {tmp_path}/proxy;\n{text}\n}}\n"
        )
        proxy = [nginx, "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path)]
        # It goes into the background once it listens.
        subprocess.run(proxy, check=True, stderr=subprocess.DEVNULL, timeout=PATIENCE)
        try:
            yield f"https://localhost:{secure}", ssl.create_default_context(cafile=str(tmp_path / "it.pem"))
        finally:
            subprocess.run([*proxy, "-s", "stop"], check=True, stderr=subprocess.DEVNULL, timeout=PATIENCE)


def answer(url: str, context: ssl.SSLContext, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(
        url, headers={name.replace("_", "-"): one for name, one in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE, context=context) as found:
            return found.status, found.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def test_through_the_proxy_the_token_is_needed_whatever_a_client_says_of_itself(proxied):
    # given
    url, context = proxied
    pretended = {
        "X_Forwarded_For": "127.0.0.1",
        "Forwarded": "for=127.0.0.1",
        "X_Forwarded_Host": "localhost",
    }
    # then
    assert answer(url + "/health", context)[0] == 200
    assert answer(url + "/shifts", context)[0] == 401
    assert answer(url + "/shifts", context, **pretended)[0] == 401
    assert answer(url + "/shifts", context, Authorization=f"Bearer {TOKEN}")[0] == 200
