"""A server that speaks Twilio's protocol: texts, calls, webhooks and what goes wrong with them.

A test asks for the fixture `twilio`, which is a `TwilioServer` on a clock that the test moves:

    def test_a_text_is_delivered(twilio):
        twilio.number("+15035550100", SmsUrl="http://127.0.0.1:8080/twilio/texts")
        ...                                        # the program under test uses twilio.base_url, .sid, .token
        twilio.advance(5)                          # seconds go by, one event after the other; each webhook is answered
        assert [one.body for one in twilio.sent(to="+15035550123")] == ["..."]
        twilio.text("+15035550123", "+15035550100", "YES 27")
        twilio.settle()                            # the webhook has answered
        assert twilio.webhooks[-1].outcome.status == 200
        assert twilio.alerts == []

For a program that runs on the machine's own clock: `with serving() as twilio:` (from `.server`). How a phone behaves is
said beforehand, `twilio.phone("+15035550123").error = 30003`. Nothing here reads a clock or a socket but `server.py`,
`http_server.py` and `deliver.py`: `core.Core` takes the time as an argument.
"""
