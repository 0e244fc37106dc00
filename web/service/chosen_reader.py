"""The reader of replies that the settings choose."""

from ...actors.desk_arguments import read_reader
from ...domain.replies import RuleReader
from ...domain.replies.reading import Reader, Reply
from .factories import make
from .settings import BadSettings, ServiceSettings


def chosen_reader(settings: ServiceSettings) -> Reader:
    """Give what the settings name, or the rules, or the rules and a language model behind them.

    Raises `BadFactory`, and `BadSettings` when the model's reader is not installed.
    """
    if settings.reader is not None:
        return make("FIRSTYES_READER", settings.reader, read_reader)
    rules = RuleReader()
    # Its first reading builds its grammar, half a second that no caregiver should wait for.
    rules.read(Reply(text="yes"))
    if settings.llm_url is None or settings.llm_model is None:
        return rules
    try:
        # Needs an extra, which most do without.
        from ...actors.llm_reader import LlmReader, LlmSettings  # noqa: PLC0415
    except ImportError as error:
        raise BadSettings(
            "FIRSTYES_LLM_MODEL needs what is not installed: pip install 'firstyes[llm]'"
        ) from error
    return LlmReader(
        LlmSettings(
            provider=settings.llm_provider,
            url=settings.llm_url,
            model=settings.llm_model,
            api_key=settings.llm_api_key,
        ),
        rules,
    )
