"""`firstyes serve`: starting, refusing to, and stopping."""

import itertools
import json
import re
import shlex
import signal
import socket
import subprocess
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bench.servers import answers_ok
from evidence.free_port import free_port
from firstyes.web.commands.exit_codes import ExitCode
from support.kept import wait_until
from support.model_server import ModelServer, says
from support.patience import PATIENCE
from support.service import PATIENT, SAMPLE, asked, environment, firstyes, serving

pytestmark = pytest.mark.server

MARTA, TOMAS = "+13125550141", "+13125550105"


def typed(line: str) -> tuple[str, str, object, dict[str, str]]:
    """What a curl line asks for: method, path, body, headers."""
    words = shlex.split(line)
    assert words[:2] == ["curl", "-s"]
    headers = dict(word.split(": ", 1) for flag, word in itertools.pairwise(words) if flag == "-H")
    body = next((json.loads(word) for flag, word in itertools.pairwise(words) if flag == "-d"), None)
    [url] = [urlsplit(word) for word in words if word.startswith("http://")]
    method = "POST" if body is not None or "-X" in words else "GET"
    return method, f"{url.path}{'?' + url.query if url.query else ''}", body, headers


def test_what_it_says_to_try_works_as_it_stands(tmp_path: Path) -> None:
    with serving(tmp_path / "a.db", "--load", str(SAMPLE)) as service:
        # when
        lines = [line.strip() for line in service.welcome.splitlines() if line.strip().startswith("curl")]
        answers = [service.call(*typed(line)) for line in lines]
        # then
        assert [status for status, _ in answers] == [200] * 5
        fan_out, first, second, timeline, messages = (body for _, body in answers)
        assert fan_out["status"] == "success"
        assert (first["status"], second["status"]) == ("success", "already_claimed")
        assert "shift_claimed" in json.dumps(timeline)
        assert "You have the shift" in json.dumps(messages)
        # and
        page = re.search(r"whole API: http://[^/]+(/\S+)", service.welcome)
        assert page is not None
        assert service.call("GET", page[1])[0] == 200


def test_row_54_of_a_journal_with_real_people_the_banner_tells_no_name_number_or_id(tmp_path: Path) -> None:
    """Also when they were loaded by the same command, from a file that is not the one that ships."""
    # given
    real = json.loads(SAMPLE.read_text().replace("Marta Ilves", "Wilhelmina Real"))
    for number, person in enumerate(real["caregivers"]):
        person["phone"] = f"+1773555{number:04}"
    file = tmp_path / "real.json"
    file.write_text(json.dumps(real))
    # when
    with serving(tmp_path / "a.db", "--load", str(file)) as service:
        welcome = service.welcome
        people = service.call("GET", "/caregivers")[1]["items"]
        assert service.stop() == 0
    with serving(tmp_path / "a.db") as service:
        welcome += service.welcome
    # then
    assert welcome.count("curl -s ") == 2
    assert len(people) == len(real["caregivers"])
    for person in people:
        for private in (person["id"], person["name"], person["phone"]):
            assert private not in welcome
    assert "shift-rn-monday" not in welcome


def test_row_54_beside_real_people_the_banner_tells_those_of_the_sample_as_they_ship(tmp_path: Path) -> None:
    with serving(tmp_path / "a.db", "--load", str(SAMPLE)) as service:
        real = {"id": "aa-real", "organization_id": "org-harbor-home", "name": "Real Person", "role": "RN"}
        assert service.call("POST", "/caregivers", {**real, "phone": "+17735550001"})[0] == 200
        marta = next(one for one in json.loads(SAMPLE.read_bytes())["caregivers"] if one["id"] == "cg-marta")
        given = {"organization_id": real["organization_id"], **marta, "phone": "+17735550002"}
        assert service.call("POST", "/caregivers", given)[0] == 200
        assert service.stop() == 0
    copy = tmp_path / "copy.json"
    copy.write_bytes(SAMPLE.read_bytes())
    with serving(tmp_path / "a.db", "--load", str(copy)) as service:
        assert "Marta Ilves" in service.welcome
        assert "Real Person" not in service.welcome
        assert "773555" not in service.welcome


def test_with_a_token_what_it_says_to_try_brings_it_and_nobody_else_comes_in(tmp_path: Path) -> None:
    token = "a-token-for-this-test"
    with serving(tmp_path / "a.db", "--load", str(SAMPLE), api_token=token) as service:
        # when
        lines = [line.strip() for line in service.welcome.splitlines() if line.strip().startswith("curl")]
        answers = [service.call(*typed(line.replace("$FIRSTYES_API_TOKEN", token))) for line in lines]
        # then
        assert [status for status, _ in answers] == [200] * 5
        assert service.call("GET", "/shifts")[0] == 401
        assert token not in service.welcome + "".join(service.log)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({}, "FIRSTYES_API_TOKEN"),
        ({"api_token": "something-long-enough"}, "FIRSTYES_CARRIER=simulator"),
        ({"carrier": "simulator"}, "FIRSTYES_API_TOKEN"),
    ],
)
def test_beyond_loopback_it_refuses_to_start_without_a_token_and_a_carrier_by_name(
    tmp_path: Path, settings: dict[str, str], says: str
) -> None:
    # when
    ran = asked("serve", "--host", "0.0.0.0", store=f"sqlite:///{tmp_path}/a.db", **settings)
    # then
    assert ran.exit_code == ExitCode.SETTINGS
    assert says in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_beyond_loopback_it_starts_with_both(tmp_path: Path) -> None:
    with serving(
        tmp_path / "a.db", "--host", "0.0.0.0", api_token="something-long-enough", carrier="simulator"
    ) as service:
        assert service.call("GET", "/livez")[0] == 200
        assert service.call("GET", "/shifts")[0] == 401


@pytest.mark.parametrize("host", ["localhost", "127.0.0.2", "::1"])
def test_every_loopback_address_is_one(tmp_path: Path, host: str) -> None:
    """`check` says what `serve` would refuse."""
    ran = asked("check", "--host", host, "--port", str(free_port()), store=f"sqlite:///{tmp_path}/a.db")
    assert (ran.exit_code, "refused" in ran.stdout) == (0, False)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"port": "eighty"}, "FIRSTYES_PORT"),
        ({"port": "0"}, "FIRSTYES_PORT"),
        ({"rounds": "pigeon:5"}, "sms:600,voice:600"),
        ({"rounds": "sms:-5"}, "sms:600,voice:600"),
        ({"store": "postgresql://me:secret@db/shifts"}, "FIRSTYES_STORE"),
        ({"api_token": "with a secret"}, "FIRSTYES_API_TOKEN"),
        ({"carrier": "pigeon"}, "FIRSTYES_CARRIER"),
        ({"threads": "0"}, "FIRSTYES_THREADS"),
        ({"llm_model": "some-model"}, "FIRSTYES_LLM_URL"),
        ({"llm_url": "http://me:secret@"}, "FIRSTYES_LLM_URL"),
        ({"llm_api_key": "a secret key"}, "FIRSTYES_LLM_API_KEY"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named_and_never_repeated(
    settings: dict[str, str], says: str
) -> None:
    # when
    ran = asked("serve", **{"store": "sqlite://", **settings})
    # then
    told = ran.stderr
    assert ran.exit_code == ExitCode.SETTINGS
    assert says in told
    assert "secret" not in told
    assert "Traceback" not in told


def test_an_option_goes_before_the_environment_and_an_empty_variable_is_none(tmp_path: Path) -> None:
    ran = asked("check", "--port", "8099", store=f"sqlite:///{tmp_path}/a.db", port="8098", api_token="")
    assert re.search(r"FIRSTYES_PORT +8099\n", ran.stdout)
    assert re.search(r"FIRSTYES_API_TOKEN +not set\n", ran.stdout)


@pytest.mark.fault(42)
def test_a_second_service_on_the_journal_ends_at_once_and_names_the_first(tmp_path: Path) -> None:
    with serving(tmp_path / "a.db") as service:
        # when
        ran = firstyes("serve", "--port", str(free_port()), store=f"sqlite:///{tmp_path}/a.db")
        # then
        assert ran.returncode == ExitCode.BUSY
        assert f"process {service.process.pid}" in ran.stderr.decode()
        assert service.call("GET", "/readyz")[0] == 200


def test_an_address_in_use_is_refused_before_the_journal_is_touched(tmp_path: Path) -> None:
    """Also when whoever has it would share it."""
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as taken:
        port = taken.getsockname()[1]
        ran = asked("serve", "--port", str(port), store=f"sqlite:///{tmp_path}/b.db")
    assert ran.exit_code == ExitCode.UNAVAILABLE
    assert "in use" in ran.stderr
    assert not (tmp_path / "b.db").exists()


def test_row_69_of_two_services_that_start_together_on_one_port_one_refuses(tmp_path: Path) -> None:
    """And the one that refuses has not touched its journal."""
    # when
    port = str(free_port())
    both = [
        subprocess.Popen(
            [*PATIENT, "serve", "--port", port],
            env=environment(store=f"sqlite:///{tmp_path}/{name}.db"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("a", "b")
    ]
    while all(one.poll() is None for one in both):
        with suppress(subprocess.TimeoutExpired):
            both[0].wait(0.1)
    [loser] = [number for number, one in enumerate(both) if one.poll() is not None]
    winner = both[1 - loser]
    # then
    assert both[loser].returncode == ExitCode.UNAVAILABLE
    assert f"127.0.0.1:{port} is in use by another program" in both[loser].communicate()[1]
    assert not (tmp_path / f"{'ab'[loser]}.db").exists()
    wait_until(lambda: answers_ok(int(port), "/readyz"))
    winner.terminate()
    winner.communicate()
    assert winner.returncode == 0


@pytest.mark.fault(40)
def test_a_journal_that_is_none_ends_it_with_74_and_stays_as_it_was(tmp_path: Path) -> None:
    # given
    store = tmp_path / "a.db"
    store.write_bytes(b"certainly no database" * 100)
    # when
    ran = firstyes("serve", "--port", str(free_port()), store=f"sqlite:///{store}")
    # then
    assert ran.returncode == ExitCode.DAMAGED
    assert str(store) in ran.stderr.decode()
    assert "Traceback" not in ran.stderr.decode()
    assert store.read_bytes() == b"certainly no database" * 100


def test_data_that_cannot_be_read_end_it_before_it_listens(tmp_path: Path) -> None:
    # given
    file = tmp_path / "data.json"
    file.write_text('{"shifts": [{}]}')
    # when
    ran = firstyes(
        "serve", "--load", str(file), "--port", str(free_port()), store=f"sqlite:///{tmp_path}/a.db"
    )
    # then
    assert ran.returncode == ExitCode.DATA
    assert b"ready" not in ran.stdout


def test_loading_the_same_data_at_every_start_changes_nothing(tmp_path: Path) -> None:
    timelines = []
    for _ in range(2):
        with serving(tmp_path / "a.db", "--load", str(SAMPLE)) as service:
            service.call("POST", "/shifts/shift-rn-monday/fanout")
            timelines.append(service.call("GET", "/shifts/shift-rn-monday/timeline"))
            assert service.stop() == 0
    assert timelines[0] == timelines[1]


def test_the_log_has_one_line_a_record_and_no_phone_and_no_text(tmp_path: Path) -> None:
    with serving(tmp_path / "a.db", "--load", str(SAMPLE), log_level="debug") as service:
        # when
        service.call("POST", "/shifts/shift-rn-monday/fanout")
        service.says(MARTA, "yes please, marmalade")
        service.says(TOMAS, "what is marmalade")
        service.says("+15550999999", "marmalade?")
        service.call("GET", f"/messages?phone=%2B{MARTA[1:]}")
        assert service.stop() == 0
    # then
    assert service.log
    assert [
        line for line in service.log if not re.match(r"\d{4}-\d\d-\d\dT[\d:.]+Z [A-Z]+ +\S+: ", line)
    ] == []
    for private in ("3125550141", "3125550105", "5550999999", "marmalade"):
        assert private not in "".join(service.log)


def test_an_alert_is_a_line_in_the_log_and_the_simulated_carrier_writes_down_what_it_carries(
    tmp_path: Path,
) -> None:
    carried = tmp_path / "carried.jsonl"
    with serving(tmp_path / "a.db", "--load", str(SAMPLE), simulator_log=str(carried)) as service:
        shift = {"id": "shift-md", "organization_id": "org-harbor-home", "role_required": "MD"}
        times = {"start_time": "2030-09-09T07:00:00-05:00", "end_time": "2030-09-09T15:00:00-05:00"}
        assert service.call("POST", "/shifts", shift | times)[0] == 200
        assert service.call("POST", "/shifts/shift-md/fanout")[0] == 200
        service.call("POST", "/shifts/shift-rn-monday/fanout")
        assert service.says(MARTA, "yes")["status"] == "success"
        assert service.stop() == 0
    assert any("The coordinator is needed: nobody qualifies, shift shift-md" in line for line in service.log)
    bodies = [json.loads(line)["body"] for line in carried.read_text().splitlines()]
    assert any("Open shift" in body for body in bodies)


def test_pinned_it_stays_on_one_processor(tmp_path: Path) -> None:
    with serving(tmp_path / "a.db", "--pin") as service:
        status = Path(f"/proc/{service.process.pid}/status").read_text()
        [allowed] = re.findall(r"Cpus_allowed_list:\s+(\S+)", status)
        assert allowed.isdigit()


def test_a_language_model_that_the_settings_name_is_asked_what_the_rules_cannot_read(tmp_path: Path) -> None:
    model = ModelServer()
    model.answer = says("decline")
    key = "the-key-of-the-model"
    try:
        with serving(
            tmp_path / "a.db", "--load", str(SAMPLE), llm_url=model.url, llm_model="small", llm_api_key=key
        ) as service:
            service.call("POST", "/shifts/shift-rn-monday/fanout")
            # when
            service.says(MARTA, "zzyzx blorp")
            service.says(TOMAS, "yes")
            # then
            read = {
                entry["type"]: entry["reading"]["reason"]
                for entry in service.call("GET", "/shifts/shift-rn-monday/timeline")[1]["items"]
                if entry["reading"]
            }
            assert "language model" in read["offer_declined"]
            assert "language model" not in read["shift_claimed"]
            assert len(model.asked) == 1
            assert service.stop() == 0
            assert key not in service.welcome + "".join(service.log)
    finally:
        model.close()


def test_it_serves_when_nobody_reads_what_it_says(tmp_path: Path) -> None:
    port = free_port()
    command = f"exec {shlex.join(PATIENT)} serve --port {port} >&- 2>&-"
    with subprocess.Popen(
        ["/bin/sh", "-c", command], env=environment(store=f"sqlite:///{tmp_path}/a.db")
    ) as process:
        try:
            wait_until(lambda: answers_ok(port, "/livez"))
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0
        finally:
            process.kill()


def test_a_variable_with_a_slip_is_pointed_out(tmp_path: Path) -> None:
    ran = asked("check", store=f"sqlite:///{tmp_path}/a.db", prot="9000")
    assert "FIRSTYES_PROT is not a setting; do you mean FIRSTYES_PORT?" in ran.stdout
