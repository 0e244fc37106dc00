"""How a failure is logged without quoting anybody."""

import logging
import traceback


def log_failure(logger: logging.Logger, what: str, error: BaseException) -> None:
    """Log at ERROR what failed, and for the exception and its causes the type and where it arose.

    The text of an exception is left out: a validation or database error quotes the value it stumbled over, which may
    be a phone number or what somebody wrote.
    """
    logger.error("%s: %s", what, _outline(error))


def _outline(error: BaseException) -> str:
    lines = [type(error).__name__, "\n", *traceback.format_tb(error.__traceback__)]
    seen = {id(error)}
    cause = error.__cause__ or error.__context__
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines += ["out of ", type(cause).__name__, "\n", *traceback.format_tb(cause.__traceback__)]
        cause = cause.__cause__ or cause.__context__
    return "".join(lines).rstrip()
