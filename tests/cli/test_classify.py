"""`firstyes classify`, on whatever comes in."""

import json
import subprocess
import sys
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from firstyes.run import main
from firstyes.web.commands.classify import TUESDAY, OfferTermsType
from support.patience import PATIENCE
from support.service import firstyes


def classify(stdin: bytes, *arguments: str) -> list[dict[str, Any]]:
    ran = CliRunner().invoke(main, ["classify", *arguments], input=stdin)
    assert ran.exit_code == 0, ran.output
    return [json.loads(line) for line in ran.stdout.split("\n")[:-1]]


def test_each_message_is_one_object_in_order() -> None:
    # when
    found = classify(b"YES\nyes but only till 3\nsorry no\n")
    # then
    assert [one["text"] for one in found] == ["YES", "yes but only till 3", "sorry no"]
    assert found[0]["intent"] == "accept"
    assert found[1]["intent"] != "accept"
    assert found[2]["intent"] == "decline"
    assert all({"text", "intent", "reason"} <= one.keys() for one in found)


def test_a_last_line_without_an_end_is_a_message_too() -> None:
    assert [one["text"] for one in classify(b"yes\nno")] == ["yes", "no"]


def test_an_empty_line_is_a_message_and_nothing_at_all_is_none() -> None:
    assert [one["text"] for one in classify(b"\n\r\n")] == ["", ""]
    assert classify(b"") == []


def test_only_a_line_feed_ends_a_message() -> None:
    """Python's own idea of lines knows seven more ends, each of which would put answers out of step."""
    odd = "yes\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029no"
    assert [one["text"] for one in classify(f"{odd}\nno\n".encode())] == [odd, "no"]


@given(st.lists(st.binary(max_size=40).map(lambda some: some.replace(b"\n", b"")), max_size=20))
def test_any_bytes_give_one_object_a_line(lines: list[bytes]) -> None:
    ran = CliRunner().invoke(main, ["classify"], input=b"".join(line + b"\n" for line in lines))
    assert ran.exit_code == 0
    assert [json.loads(line)["text"] is not None for line in ran.output.split("\n")[:-1]] == [True] * len(
        lines
    )


def test_bytes_that_are_no_text_are_never_a_yes() -> None:
    [found] = classify(b"\xff\xfe yes \x00\n")
    assert found["intent"] != "accept"
    assert "�" in found["text"]


def test_another_offer_is_compared_with_what_the_message_says() -> None:
    # given
    message = b"yes I can work wednesday\n"
    # when
    [tuesday] = classify(message)
    [wednesday] = classify(message, "--offer", "LPN 2030-07-17T15:00-05:00/2030-07-17T23:00-05:00")
    # then
    assert tuesday["intent"] != "accept"
    assert wednesday["intent"] == "accept"


def test_a_code_is_found() -> None:
    [found] = classify(b"27 yes\n", "--code", "27")
    assert (found["intent"], found["codes"]) == ("accept", ["27"])


@pytest.mark.parametrize(
    "offer",
    [
        "", "RN", "RN tomorrow", "RN 2030-07-16T15:00/2030-07-16T07:00", "RN 2030-13-16T07:00/2030-13-16T15:00", "RN x/y",
    ],
)  # fmt: skip
def test_an_offer_that_cannot_be_read_is_refused_with_the_form_wanted(offer: str) -> None:
    ran = firstyes("classify", "--offer", offer, stdin=b"yes\n")
    assert ran.returncode == 2
    assert TUESDAY.encode() in ran.stderr
    assert ran.stdout == b""


def test_the_offer_unless_told_otherwise_is_a_tuesday_from_7_to_3() -> None:
    offer = OfferTermsType().convert(TUESDAY, None, None)
    assert (offer.role, offer.starts_at.strftime("%A %H"), offer.ends_at.strftime("%A %H")) == (
        "RN",
        "Tuesday 07",
        "Tuesday 15",
    )


def test_an_answer_comes_before_the_next_message_is_written() -> None:
    """A program can talk with it line by line."""
    command = [sys.executable, "-m", "firstyes.run", "classify"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for text in (b"yes\n", b"no\n"):
            process.stdin.write(text)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["text"] == text.decode().strip()
        process.stdin.close()
        assert process.wait(PATIENCE) == 0


def test_it_ends_quietly_when_its_reader_has_seen_enough() -> None:
    ran = subprocess.run(
        f"yes yes | head -20000 | {sys.executable} -P -m firstyes.run classify | head -1",
        shell=True,
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    assert ran.stderr == b""


def test_it_starts_without_what_it_does_not_need() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from firstyes.run import main;"
        "CliRunner().invoke(main, ['classify'], input='yes');"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'flask', 'httptools', 'pykka', 'rich', 'sqlite3'}))"
    )
    ran = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, check=True, text=True, timeout=PATIENCE
    )
    assert ran.stdout == "[]\n"
