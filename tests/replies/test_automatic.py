"""Texts that a phone wrote by itself accept, refuse and opt out of nothing."""

import pytest

from firstyes.domain.replies.reading import Intent
from support.replies import read

REACTIONS = [
    "Liked “Open shift RN Tue Jul 14 7am-3pm. Reply YES 27 to take it, NO 27 to pass.”",
    'Loved "You have the shift: RN Tue Jul 14 7am-3pm."',
    "👍 to “ Open shift RN Tue. Reply YES 27 to take it ”",
    "Le gustó “Turno RN mar 14 jul. Responda SI 27 para aceptar”",
    "Le ha gustado “Turno RN. Responda SI 27”",
    "Le ha encantado “Turno RN. Responda SI 27”",
    "Destacó “Turno RN. Responda SI 27”",
    "Liked an image",
    "Loved a message",
    "Emphasized “Lakeside: open shifts by text. Reply STOP to get no more.”",
]
OTHERS = [
    "Questioned “Open shift RN Tue”",
    "Disliked “Open shift RN Tue”",
    "Reacted 😂 to “Open shift RN Tue”",
    "Removed a like from “Open shift RN Tue”",
    "No le gustó “Turno RN”",
    "😂 a “Turno RN”",
    "Se rió con “Turno RN. Responda SI 27”",
    "Se ha reído de “Turno RN. Responda SI 27”",
    "Laughed at an image",
    "Estoy conduciendo con un modo de concentración activado. Veré tu mensaje cuando llegue a mi destino.",
    "I'm driving right now, yes? - Sent from Android Auto",
    "I’m driving with Focus turned on. I’ll see your message when I get where I’m going.",
    '(I\'m not receiving notifications. If this is urgent, reply "urgent" to send a notification through.)',
    "Auto-reply: I am out of the office until Monday",
    "This is an automated message. Replies to this number are not monitored. Reply STOP to end",
    "Respuesta automática: estoy conduciendo",
    "Yes, I got your text. Sent automatically",
    "Estoy manejando, te llamo luego. Enviado automáticamente",
    "Free Msg: Unable to send message - Message Blocking is active.",
    "Message not delivered: this number does not accept texts",
    "Sorry, this number is unable to receive texts.",
    "Your message was read on 7/16 at 8:05",
    "I am currently out of the office. For urgent matters contact Kim at yes@x.com",
    "Out of office: back Jul 20",
    "No disponible. Fuera de la oficina hasta el lunes",
    "You've reached the voicemail of Maria. Leave a message after the tone",
    "Thank you for contacting us. Reply STOP to unsubscribe.",
    "Thanks for your message! We are closed right now and will get back to you.",
]


@pytest.mark.parametrize(
    ("text", "likes"), [*((one, True) for one in REACTIONS), *((one, False) for one in OTHERS)]
)
def test_what_a_phone_wrote_by_itself_means_nothing_of_what_it_quotes(text: str, likes: bool) -> None:
    reading = read(text)
    assert (reading.intent, reading.automatic, reading.thanks) == (Intent.UNCLEAR, True, likes)
    assert (reading.codes, reading.each, reading.every) == ((), (), None)


@pytest.mark.parametrize(
    "text",
    [
        "I liked the last one, yes 27",
        "loved it there, yes",
        "yes 👍",
        "👍",
        "I'm driving, yes 27",
        "Liked working there! yes",
        "ok to “7am”?",
        "I liked a message from you, yes",
        "thank you for contacting me but stop texting me",
        "thanks for reaching out, we are closed that day so no",
        "did my message not send? yes 27",
        "out of the office means I can't",
    ],
)
def test_what_a_person_wrote_is_read_as_ever(text: str) -> None:
    assert not read(text).automatic


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Yes. Sent from my iPhone", Intent.ACCEPT), ("Yes 27\n\nSent from my Galaxy S23", Intent.ACCEPT), ("No\nEnviado desde mi iPhone", Intent.DECLINE),
        ("stop sent from my Android phone", Intent.OPT_OUT), ("yes\nsent from my kid", Intent.UNCLEAR), ("Sent from my iPhone", Intent.UNCLEAR),
        ("YES\n> Reply YES 27 to take it, NO 27 to pass.", Intent.ACCEPT), ("no\n> Reply YES 27 to take it\n>\n> NO 27 to pass", Intent.DECLINE),
        ("No\nOn Tue, Jul 16 Lakeside wrote:\n> Reply YES 27", Intent.DECLINE), ("> Reply YES 27 to take it", Intent.UNCLEAR),
        ("yes\n> Reply YES 27\nbut only until noon", Intent.PARTIAL),
        ("no\n-----Original Message-----\nFrom: 5551234\nReply YES 27", Intent.DECLINE),
        ("yes until noon\nSent from my iPhone.", Intent.PARTIAL),
    ],
)  # fmt: skip
def test_what_a_phone_puts_under_a_text_changes_nothing(text: str, said: Intent) -> None:
    assert read(text).intent is said
