"""The errors that this server can answer with, by number: HTTP status and words."""

from .wire import ApiError

REFUSALS: dict[int, tuple[int, str]] = {
    20003: (401, "Authenticate"),
    20004: (405, "Method not allowed"),
    20005: (403, "Account is not active"),
    20009: (409, "Cannot delete this resource before it is complete"),
    20404: (404, "The requested resource was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "An internal server error has occurred"),
    20503: (503, "Service unavailable"),
    21201: (400, "No 'To' number is specified"),
    21205: (400, "Url parameter is required."),
    21210: (400, "'From' phone number not verified"),
    21211: (400, "The 'To' number is not a valid phone number"),
    21212: (400, "The 'From' number is not a valid phone number"),
    21213: (400, "'From' phone number is required"),
    21215: (400, "Account not authorized to call that number"),
    21219: (400, "The number is unverified. Trial accounts may only make calls to verified numbers."),
    21220: (400, "Call is not in-progress. Cannot redirect."),
    21408: (
        400,
        "Permission to send an SMS has not been enabled for the region indicated by the 'To' number",
    ),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (400, "The 'From' phone number is not a valid, message-capable Twilio phone number"),
    21608: (400, "The number is unverified. Trial accounts cannot send messages to unverified numbers."),
    21609: (400, "The 'StatusCallback' URL is not a valid URL."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21611: (429, "This 'From' number has exceeded the maximum number of queued messages"),
    21612: (400, "The 'To' phone number is not currently reachable using the 'From' phone number"),
    21614: (400, "'To' number is not a valid mobile number"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit."),
    21703: (400, "The Messaging Service does not have a phone number available to send a message."),
    30022: (429, "US A2P 10DLC - Rate Limits Exceeded"),
    30400: (400, "Parameters are not valid"),
    30409: (409, "Message cannot be canceled"),
    63038: (429, "Account exceeded the daily messages limit"),
    90007: (400, "Invalid validity period value"),
}

UNDELIVERED: dict[int, str] = {
    30001: "Queue overflow",
    30002: "Account suspended",
    30003: "Unreachable destination handset",
    30004: "Message blocked",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30008: "Unknown error",
    30022: "US A2P 10DLC - Rate Limits Exceeded",
    30032: "Toll-Free number has not been verified",
    30034: "US A2P 10DLC - Message from an Unregistered Number",
    30036: "Validity Period Expired",
    21610: "Attempt to send to unsubscribed recipient",
}
"""What may become of a message after it was taken."""

NEVER_LEFT = {30001, 30002, 30036, 21610}
"""With these the message is `failed`: it never left. With the others it is `undelivered`."""


def refusal(code: int, words: str | None = None) -> ApiError:
    """Give the error of this number, in other words where they are given."""
    status, usual = REFUSALS.get(code, (400, "The request is refused"))
    return ApiError(status, code, words or usual)
