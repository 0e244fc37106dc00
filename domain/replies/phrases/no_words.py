"""Words by which a no is told from what only looks like one."""

TURNS = frozenset(
    "but so because however although though sorry unfortunately actually however pero porque lo then".split()
)
LEFT_OPEN = (["do"], ["am"], ["are"], ["is"], ["does"])
AFTER_END = frozenset(
    "lol sorry please gracias ty thanks thank haha la lah so but because @smile @frown @harmless @doubt today then".split()
)
AUXILIARIES = frozenset("do does did can could will would is am are not should".split())
WISHES = frozenset("would love wish like sounds sound tempting hate gustaria encantaria suena".split())
UNABLE = frozenset("can cannot will unable able puedo podre unavailable".split())
BARE_YES = frozenset("yes sure ya y sí si claro ok okay".split())
BARE = frozenset("no nope nah negative pass never nay n nop nel @no".split())
