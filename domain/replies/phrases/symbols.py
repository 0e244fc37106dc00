"""Emoji that mean something; skin tones and genders are gone before they are looked up here."""

YES = frozenset("👍✅✔👌🙋💯🆗☑🫡🤙🤝👊🙆")
NO = frozenset("👎❌✖🚫🙅⛔🛑✗✘❎🙈🖕")
DOUBT = frozenset("🤔🤷🤞🙄😬😕🫤❓❔⁉😐😑🤨😒😩😭😢😞😔☹🙁😟😰😓🥺😴")
ILL = frozenset("🤢🤮🤒🤕😷🤧")
HARMLESS = frozenset(
    "☝😊🙂😁😃😄🙏❤💕💪🎉😘🤗🏥👏🙌😀😆😅☺😉😎🥰😍🤩🥳✨⭐🌟💜💙💚🧡💛🤍🖤💗💖💞💓🌸🌺🌞☀🔥👋🩺💉👩👨🧑⚕🚗🏃⏰📅♥😇🤓😂🤣🌻🌷🍀💃🕺😋😜😌🌹👑🤘✌☕🎊💐🫶❣💟🦋🌈"
)
