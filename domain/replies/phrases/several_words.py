"""Words that speak of several offers at once, without accents."""

BOTH = (
    "both of the shifts", "both of them", "both of those", "both of these", "both shifts", "both days", "both",
    "los dos turnos", "los dos dias", "los dos", "los 2", "las dos", "las 2", "ambos turnos", "ambos", "ambas",
)  # fmt: skip
ALL = (
    "all of the shifts", "all of them", "all of those", "all of these", "all three", "all the shifts", "all shifts", "all",
    "todos los turnos", "todos ellos", "todos", "todas", "los tres", "las tres",
)  # fmt: skip
NONE = (
    "neither of the shifts", "neither of them", "neither of those", "neither of these", "neither one", "neither shift", "neither",
    "none of the shifts", "none of them", "none of those", "none of these", "none", "ninguno de los dos", "ninguno de ellos",
    "ninguna de las dos", "ninguno", "ninguna", "ni uno ni otro", "ni uno ni el otro",
)  # fmt: skip
EITHER = ("either of the shifts", "either of them", "either one", "either shift", "either")
"""With a refusal about them these mean none: "can't do either"."""

ALL_BEHIND = frozenset("to for take want do cover work yes a tomo quiero si sí no".split())
"""A mere "all" or "todos" means the offers only alone, or as the last word behind one of these: not "all good", "that's all"."""

ALL_BEFORE = frozenset("yes sí si no please thanks thank you u gracias por favor porfa".split())
"""And nothing but these behind it: "all yes", "todos no"."""

PLAIN_NO = frozenset("no nope nah pass passing decline paso".split())
SORRY = frozenset("sorry perdon disculpe lo siento".split())
BEGINS_A_NO = PLAIN_NO | frozenset("n not can't cant cannot skip decline".split())
LINKS = frozenset("and but y e pero & + also tambien then".split())
"""What may stand between two things that are said."""

BOUNDS = frozenset("till til until untill thru before after by past hasta antes despues".split())
"""What stands behind these says until or since when, and names no offer: "busy till 7"."""
WITHIN_A_BOUND = frozenset("about around like de la las el".split())

BESIDE_A_NAME = frozenset(
    "please thank thanks you and the one ones shift on of that this in i mean meant oh just only ok okay is it gracias por favor"
    " el la los las de uno una turno solo nomas digo shifts".split()
)
"""Words beside which a code, a day or an hour stands as good as alone: the answer to "Which one?"."""
CHOICE = frozenset("or o u".split())
BEFORE = frozenset("to a on for".split())
