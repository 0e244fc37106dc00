"""Who heard what was said in a call: the person, the phone that screened it, or the machine after its beep."""

from datetime import datetime, timedelta

from .call import Call
from .phone import Phone


def keep_what_was_heard(call: Call, phone: Phone, end: datetime) -> None:
    """Write down what was heard in a call that was picked up, now that it is over."""
    start = call.started
    if start is None:
        return
    if phone.machine and call.direction != "inbound":
        beep = start + timedelta(seconds=phone.machine.greeting)
        full = beep + timedelta(seconds=phone.machine.longest)
        phone.recordings.append(call.said_between(beep, min(end, full)))
        return
    if phone.screening and call.direction != "inbound":
        through = start + timedelta(seconds=phone.screening.listens)
        phone.screened.append(call.said_between(start, min(end, through)))
        if not phone.screening.lets_through:
            return
        start = through
    phone.heard.append(call.said_between(start, end))
