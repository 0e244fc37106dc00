"""Emoji that mean something."""

YES = frozenset("👍✅✔👌🙋💯🆗☑🫡🤙🤝👊🙆")
"""A yes by conventional use; the last ones only beside a word."""

NO = frozenset("👎❌✖🚫🙅⛔🛑✗✘❎")
HARMLESS = frozenset("😊🙂😁😃😄🙏❤💕💪🎉😘🤗🏥👏🙌😀😆😅☺😉😎🥰😍🤩🥳✨⭐🌟💜💙💚🧡💛🤍🖤💗💖💞💓🌸🌺🌞☀🔥👋🤞🩺💉👩👨🧑⚕🚗🏃⏰📅♥😇🤓😂🤣🌻🌷🍀🙌")
