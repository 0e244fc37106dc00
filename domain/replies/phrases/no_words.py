"""Words by which a no is told from what only looks like one."""

TURNS = frozenset(
    "but so because however although though sorry unfortunately actually however pero porque lo then".split()
)
LEFT_OPEN = (["do"], ["am"], ["are"], ["is"], ["does"])
AFTER_END = frozenset(
    "lol sorry please gracias ty thanks thank haha la lah so but because @smile @frown @harmless @doubt today then".split()
)
HELPING = frozenset("do does did can could will would should".split())
AUXILIARIES = HELPING | {"is", "am", "are", "not"}
WISHES = frozenset("would love wish like sounds sound tempting hate gustaria encantaria suena".split())
FREE = frozenset("free available libre disponible".split())
UNABLE = frozenset("can cannot will unable able puedo podre unavailable".split())
BARE_YES = frozenset("yes sure ya y sí si claro ok okay".split())
BARE = frozenset("no nope nah negative pass never nay n nop nel @no".split())

_ANYBODY = "i you u we they he she yall anyone anybody someone somebody @name"
_ANYTHING = f"{_ANYBODY} it this that there"
_AUXILIARY = "is are was were did does do can could will would should has have am"
ASKED_OF = {
    **{
        word: frozenset(_ANYTHING.split())
        for word in "is are was were did does can could will would should has".split()
    },
    **{word: frozenset(_ANYBODY.split()) for word in ("do", "have")},
    "am": frozenset({"i"}),
    **{word: frozenset(_AUXILIARY.split()) for word in "who why which when where".split()},
    **{word: frozenset((*_AUXILIARY.split(), "about")) for word in "what how".split()},
}
"""Words that begin a question without its mark, each with those that follow it there. "Do it" is none."""

OTHERS = frozenset(
    "who whoever someone somebody anyone anybody everyone everybody people patient patients client clients resident residents"
    " nurse nurses aide aides coworker coworkers staff @role @otherrole".split()
)
"""Of whom something may be said that is then not said of the writer, nor of their family."""
LINKING = frozenset("is was are were has have had been got just also too out not".split())
