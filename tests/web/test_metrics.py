"""GET /metrics."""

from prometheus_client.parser import text_string_to_metric_families

from firstyes.actors.journal.port import JournalHealth
from firstyes.actors.system import DeskHealth
from firstyes.domain.answer import Answer, Status
from firstyes.web.app import create_app
from firstyes.web.service.web_settings import WebSettings


def samples(client) -> dict[tuple[str, tuple[str, ...]], float]:
    response = client.get("/metrics")
    assert response.content_type.startswith("text/plain; version=")
    families = text_string_to_metric_families(response.get_data(as_text=True))
    return {
        (one.name, tuple(one.labels.values())): one.value for family in families for one in family.samples
    }


def test_requests_are_counted_by_operation_and_status(client) -> None:
    # when
    client.get("/health")
    client.get("/health")
    client.get("/nowhere")
    client.get("/somewhere")
    # then
    found = samples(client)
    assert found["firstyes_http_requests_total", ("health", "200")] == 2
    assert found["firstyes_http_requests_total", ("none", "404")] == 2


def test_inbound_messages_are_counted_by_what_they_were_told(client, desk) -> None:
    desk.will(receive=Answer(status=Status.CLARIFY, message="Which one?"))
    client.post("/messages/inbound", json={"from_phone": "1", "body": "yes"})
    assert samples(client)["firstyes_inbound_answers_total", ("clarify",)] == 1


def test_the_desk_is_asked_how_it_does(client, desk) -> None:
    # given
    journal = JournalHealth(4096, counts={"shifts.offering": 3, "outbox.planned": 9})
    desk.will(
        health=DeskHealth(
            False, "so", journal, awake=5, parked=("s1",), dead_letters=2, queued=7, longest_turn=0.03
        )
    )
    # when
    found = samples(client)
    # then
    assert found["firstyes_ready", ()] == 0
    assert found["firstyes_actors_awake", ()] == 5
    assert found["firstyes_parked", ()] == 1
    assert found["firstyes_dead_letters_total", ()] == 2
    assert found["firstyes_queued", ()] == 7
    assert found["firstyes_longest_turn_seconds", ()] == 0.03
    assert found["firstyes_journal_bytes", ()] == 4096
    assert found["firstyes_shifts", ("offering",)] == 3
    assert found["firstyes_outbox", ("planned",)] == 9


def test_two_apps_do_not_count_together(desk, client) -> None:
    # given
    other = create_app(desk, WebSettings(open=True)).test_client()
    # when
    other.get("/health")
    # then
    assert ("firstyes_http_requests_total", ("health", "200")) not in samples(client)
