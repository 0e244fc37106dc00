"""Ours and the official validator agree, and ours never raises."""

from collections.abc import Mapping
from string import printable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from firstyes.web.twilio.signature import is_signed, signature

TOKENS = st.text("abcdef0123456789", min_size=1, max_size=32)
TEXTS = st.text(max_size=20)
FORMS = st.dictionaries(st.text(min_size=1, max_size=8), st.lists(TEXTS, min_size=1, max_size=3), max_size=5)
HOSTS = st.sampled_from(["shifts.example.org", "localhost", "10.0.0.7", "a-b.example"])
PORTS = st.sampled_from(["", ":443", ":80", ":8443", ":65535"])
QUERIES = st.lists(st.text("abc019%+._-", min_size=1, max_size=6), max_size=3).map("&".join)


@st.composite
def urls(draw: st.DrawFn) -> str:
    scheme = draw(st.sampled_from(["https", "http"]))
    query = draw(QUERIES)
    return f"{scheme}://{draw(HOSTS)}{draw(PORTS)}/twilio/text{f'?{query}' if query else ''}"


def as_the_official_one_takes_it(form: Mapping[str, list[str]]) -> MultiDict[str, str]:
    return MultiDict(dict(form))


@given(urls(), FORMS, TOKENS)
def test_what_the_official_validator_accepts_ours_accepts(
    url: str, form: dict[str, list[str]], token: str
) -> None:
    # given
    official = RequestValidator(token)
    given_signature = official.compute_signature(url, as_the_official_one_takes_it(form))
    # then
    assert official.validate(url, as_the_official_one_takes_it(form), given_signature)
    assert is_signed(url, form, given_signature, [token])


@given(urls(), FORMS, TOKENS)
def test_what_ours_signs_the_official_validator_accepts(
    url: str, form: dict[str, list[str]], token: str
) -> None:
    proof = signature(url, form, token).decode()
    assert RequestValidator(token).validate(url, as_the_official_one_takes_it(form), proof)


@given(urls(), FORMS, TOKENS, st.data())
def test_a_port_that_the_carrier_names_or_leaves_out_changes_nothing(
    url: str, form: dict[str, list[str]], token: str, data: st.DataObject
) -> None:
    # given
    port = {"https": ":443", "http": ":80"}[url.partition(":")[0]]
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    elsewhere = f"{scheme}://{host}{port}{slash}{path}" if ":" not in host else url
    # then
    proof = signature(elsewhere, form, token).decode()
    assert is_signed(url, form, proof, [token])


@pytest.mark.fault(25)
@given(urls(), FORMS, TOKENS, urls(), FORMS, TOKENS)
def test_a_signature_of_anything_else_counts_for_neither(
    url: str, form: dict[str, list[str]], token: str, url_2: str, form_2: dict[str, list[str]], token_2: str
) -> None:
    proof = signature(url_2, form_2, token_2).decode()
    official = RequestValidator(token).validate(url, as_the_official_one_takes_it(form), proof)
    assert is_signed(url, form, proof, [token]) is official


@pytest.mark.fault(28)
@pytest.mark.parametrize("signed_by", ["old", "new"])
def test_while_tokens_are_exchanged_either_may_have_signed(signed_by: str) -> None:
    form = {"Body": ["yes"]}
    proof = signature("https://a.example/twilio/text", form, signed_by).decode()
    assert is_signed("https://a.example/twilio/text", form, proof, ["old", "new"])
    assert not is_signed("https://a.example/twilio/text", form, proof, ["another"])


ANYTHING = st.one_of(st.none(), st.text(max_size=60), st.text(printable, max_size=60))


@pytest.mark.fault(25)
@given(
    st.one_of(st.text(max_size=40), urls()),
    st.dictionaries(
        st.text(st.characters(), max_size=5), st.lists(st.text(st.characters()), max_size=2), max_size=3
    ),
    ANYTHING,
    st.lists(st.text(printable, max_size=8), max_size=2),
)
@example("https://a.example:99999/", {}, None, ["t"])
@example("https://[::1/", {}, "", ["t"])
@example("https://[::1]:8443/", {"a": ["\ud800"]}, "\udfff", ["t"])
@example("", {"\ud800": []}, "x", [])
def test_it_never_raises_and_nothing_made_up_fits(
    url: str, form: dict[str, list[str]], given_signature: str | None, tokens: list[str]
) -> None:
    assert not is_signed(url, form, given_signature, tokens)


def test_an_address_of_ipv6_counts_with_its_port_and_without() -> None:
    for url in ("https://[2001:db8::1]/twilio/text", "https://[2001:db8::1]:443/twilio/text"):
        proof = signature(url, {}, "t").decode()
        assert is_signed("https://[2001:db8::1]/twilio/text", {}, proof, ["t"])
