"""Phrases and words of no one language: signs, codes, names, what an offer says."""

YES: list[str] = ["@yes"]
NO: list[str] = ["@no"]
NO_ALONE: list[str] = ["n"]
DOUBT: list[str] = ["@doubt"]
BUSY: list[str] = ["@ill"]
WHEN: list[str] = [
    "<when>",
    "<cuando>",
    "<date>",
    "@part shift",
    "[for] the|a whole|full|entire|complete shift|thing|time",
    "[for] all of it",
    "[todo] el turno completo|entero",
    "todo el turno",
]
CODE: list[str] = [
    "@mycode|@code",
    "#|number|code|shift|num|numero|codigo|turno [#] @mycode|@code|@num",
    "# @mycode|@code|@num",
    "to @code",
    "to|for|on|a|al|para [the|el] [shift|number|code|turno] [#] @mycode",
]
SIGNED: list[str] = [
    "@name d|e|f|g|h|j|l|m|o|p|s|t|v|w|x|z [here]",
    "@name [@name]",
    "@name [@name] here|speaking|aqui [again]",
    "@name [@name] @role",
    "@role here|available",
    "@role",
    "from|de|under @name [@name]",
    "aqui @name",
]
INTRODUCED: list[str] = [
    "[hi|hello] this|it is [me|nurse] @name [@name] [@role]",
    "i am [a|an] @role",
    "i am @name [@name]",
    "this|it is @name d|e|f|g|h|j|l|m|o|p|s|t|v|w|x|z",
    "my name is @name [@name]",
    "[yo] soy @name [@name]",
    "es [doña|dona] @name [@name]",
    "soy [la|el] @role",
    "habla @name",
    "le|te habla @name",
]
ECHO: list[str] = [
    "can|could|may|should i|we <do> <tail> ?",
    "<do> [it|that|this] ?",
    "[is] [it|this|that|shift] still available|open|there|need|looking [help|coverage|someone] ?",
    "[the] <date> [shift] ?",
    "[the] <kind> shift ?",
]
"""The offer asked back: harmless before a yes."""

OBJECTIONS = frozenset(
    "if unless only until till except but not no never maybe perhaps might depends cancel stop quit wrong cannot cant"
    " wont dont without nothing neither possibly probably later hopefully tentatively pending before after instead"
    " another other pero solo quizas quiza depende cancelar nunca tampoco despues antes luego otro".split()
)
"""Words that a typo is rather taken for than for a harmless one."""
REAL = frozenset(
    "refused refuses interesting shirt clover lover bake fake noted another outside inside without elsewhere somewhere anywhere everywhere nowhere whenever"
    " wherever however whatever whoever itself himself herself themselves sometime sometimes".split()
)
"""Words that are spelled as they should be, near as they are to ours."""
