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
ANY = (
    "either of the shifts", "either of them", "either of those", "either of these", "either one", "either shift", "either",
    "whichever one", "whichever", "any of the shifts", "any of them", "any of those", "any of these", "any one", "any",
    "it doesn't matter", "doesn't matter", "doesnt matter", "no preference", "cualquiera de los dos", "cualquiera de las dos",
    "cualquiera de ellos", "cualquiera", "el que sea", "la que sea", "me da igual",
)  # fmt: skip
"""One of them and no matter which; with a refusal about them these mean none: "can't do either"."""

AGREES = frozenset("is are ok okay fine good great work works with by for me esta estan bien".split())
"""Beside "both" and "either" these say no more than they do alone: "either is fine", "both work for me"."""
DENIALS = frozenset("don't dont not".split())
MINDS = frozenset("care mind".split())
INDIFFERENT = DENIALS | MINDS | frozenset("i do which one you u need yes".split())
NOT_BOTH = (
    "but not both", "not both", "pero no los dos", "pero no las dos", "pero no ambos", "no los dos", "no las dos", "no ambos",
)  # fmt: skip
ASIDE = frozenset("please thanks por favor gracias #".split())
ALSO = ASIDE | frozenset("too also as well plus and y e & + tambien".split())
"""Words beside a code that say: this one as well."""

PLACES = {
    word: place
    for place, words in (
        (0, "first 1st primero primera earliest"),
        (1, "second 2nd segundo segunda"),
        (2, "third 3rd tercero tercera"),
        (-1, "last latest ultimo ultima"),
    )
    for word in words.split()
}
"""Where an offer stands in our list."""
OF_TWO = {"earlier": 0, "former": 0, "later": -1, "latter": -1}
"""The same, where the list has two."""
NEEDS_AN_ARTICLE = OF_TWO.keys() | {"last", "latest", "earliest"}
ARTICLES = frozenset("the el la al".split())
BEFORE_A_PLACE = ARTICLES | frozenset("just only solo to yes sí si no not and y take please".split())
BEFORE_AN_ARTICLE = BEFORE_A_PLACE | frozenset(
    "want do prefer cover for have pick choose a tomo quiero prefiero hago puedo".split()
)
"""Behind any other word "the first" may be a date: "on the 1st", "tuesday the first"."""
BEHIND_A_PLACE = frozenset(
    "one please thanks thank por gracias yes sí si no and y but pero nomas only".split()
)

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
    " el la los las de uno una turno solo nomas digo shifts # code number option codigo numero opcion".split()
)
"""Words beside which a code, a day or an hour stands as good as alone: the answer to "Which one?"."""
CHOICE = frozenset("or o u".split())
BEFORE = frozenset("to a on for".split())
