"""Every answer our own texts teach is read right, in both languages and however it is typed."""

import pytest

from firstyes.domain.replies.reading import Intent
from support.replies import an_offer, read

TAUGHT = {
    "YES": Intent.ACCEPT,
    "NO": Intent.DECLINE,
    "SI": Intent.ACCEPT,
    "SÍ": Intent.ACCEPT,
    "ACEPTO": Intent.ACCEPT,
}
KEYWORDS = {
    "STOP": Intent.OPT_OUT, "STOPALL": Intent.OPT_OUT, "UNSUBSCRIBE": Intent.OPT_OUT, "CANCEL": Intent.OPT_OUT,
    "END": Intent.OPT_OUT, "QUIT": Intent.OPT_OUT, "REVOKE": Intent.OPT_OUT, "OPTOUT": Intent.OPT_OUT, "ALTO": Intent.OPT_OUT,
    "BAJA": Intent.OPT_OUT, "START": Intent.OPT_IN, "UNSTOP": Intent.OPT_IN, "ALTA": Intent.OPT_IN, "HELP": Intent.HELP,
    "INFO": Intent.HELP, "AYUDA": Intent.HELP,
}  # fmt: skip


@pytest.mark.parametrize(("verb", "meant"), TAUGHT.items())
@pytest.mark.parametrize(
    "form",
    ["{}", "{} 27", "{}27", "27 {}", "{} #27", " {}. 27 ", "\u201c{} 27\u201d", "{}\n27", "Reply {} 27"],
)
@pytest.mark.parametrize("case", [str.upper, str.lower, str.title])
def test_a_taught_verb_is_read_right(verb: str, meant: Intent, form: str, case: object) -> None:
    text = form.format(case(verb) if callable(case) else verb)
    if "Reply" in text:
        text = text.removeprefix("Reply ")

    reading = read(text, an_offer("27"))

    assert reading.intent is meant
    assert reading.codes == (("27",) if "27" in text else ())


@pytest.mark.fault(30)
@pytest.mark.fault(29)
@pytest.mark.parametrize(("word", "meant"), KEYWORDS.items())
@pytest.mark.parametrize(
    "form", ["{}", "{}.", " {} ", "{} please", "Please {}", "{} thanks", "\u201c{}\u201d", "{}!!!"]
)
@pytest.mark.parametrize("lower", [True, False])
def test_a_carriers_keyword_alone_or_with_courtesy_is_what_carriers_take_it_for(
    word: str, meant: Intent, form: str, lower: bool
) -> None:
    text = form.format(word.lower() if lower else word)

    assert read(text).intent is meant


def test_a_keyword_inside_a_sentence_is_only_a_word() -> None:
    assert read("I can start at 7").intent is not Intent.OPT_IN
    assert read("yes I'll start at 7am").intent is Intent.ACCEPT
    assert read("I can stop by").intent is not Intent.OPT_OUT
    assert read("can you help me out and tell me the address").intent is not Intent.OPT_OUT


@pytest.mark.fault(29)
@pytest.mark.parametrize(
    "text", ["No. Stop. I am busy", "stop, please, I told you", "Wrong number - STOP", "yes. STOP"]
)
def test_a_stop_that_is_a_clause_of_its_own_is_an_opt_out(text: str) -> None:
    assert read(text).intent is Intent.OPT_OUT


def test_an_opt_out_is_not_put_together_across_sentences() -> None:
    assert read("sure, why not. please text me the address").intent is Intent.ACCEPT
