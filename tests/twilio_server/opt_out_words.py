"""The words with which a person leaves and comes back, as carriers handle them before anybody else does."""

from typing import Literal

Word = Literal["STOP", "START", "HELP"]

STOP = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
START = {"START", "YES", "UNSTOP"}
HELP = {"HELP", "INFO"}

TOLL_FREE_STOP = {"STOP"}
TOLL_FREE_START = {"START", "UNSTOP"}

ANSWERS: dict[Word, str] = {
    "STOP": "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe.",
    "START": "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    "HELP": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}


def word_in(body: str, toll_free: bool) -> Word | None:
    """Say which of the three a text is: the whole of it, in any case, is such a word. None where it is none."""
    said = body.strip().upper()
    if said in (TOLL_FREE_STOP if toll_free else STOP):
        return "STOP"
    if said in (TOLL_FREE_START if toll_free else START):
        return "START"
    return "HELP" if said in HELP and not toll_free else None
