"""Words that say what a number beside them is. As spelling leaves them: "minutes", not "mins"."""

MARKS_A_CODE = frozenset("# number code num numero codigo turno shift offer option opcion reply".split())
ANSWERS = frozenset(
    "yes y sí si no n nope nah ok okay sure accept accepted accepting acepto aceptar confirm confirmed confirming confirmo claim"
    " claiming decline declined pass passing paso skip take taking cover covering grab grabbing tomo tomar tomare"
    " cubro cubrir agarro cancel cancelar cancelo release drop dale stop stopall unsubscribe alto end quit help start".split()
)
"""Words of taking or passing: a number right behind one of them is a code."""

MAY_ASK = frozenset("ok okay sure".split())
"""Behind an hour these may say that the hour suits: "10 ok"."""

LEADS_TO_A_CODE = frozenset("to for a para".split())
"""Words that may stand between a yes or a no and its code: "yes to 27"."""

LETS_GO = frozenset("remove drop delete pull unassign release scratch withdraw".split())
"""Behind these and "me from" stands a code: "remove me from 27"."""

PLAINLY = frozenset("yes si sí no nope ok okay".split())
PUT_DOWN = frozenset("me up down in".split())
"""Before "for" and a number that is no hour: "sign me up for 27", "put me down for 27", "I'm in for 27"."""
WRITER = frozenset("i yo lo me will can taking".split())

POLITE = frozenset(
    "please thanks thank you u gracias por favor porfa sir maam ma'am hi hello hey hola good morning evening afternoon"
    " buenos buenas dias tardes noches and ?".split()
)
"""Words beside which a number still stands alone."""

OF_MONEY = frozenset("dollars dollar bucks usd cents pesos dolares hr each".split())
PER = frozenset("an per a la por".split())
HOURS = frozenset("hour hours hora horas hr hrs".split())
COUNTED = frozenset(
    "minutes minute min mins minutos minuto hour hours hr hrs h hora horas day days dia dias night nights noches week"
    " weeks semana semanas month months mes meses year years yr yrs anos percent % por miles mile mi km millas cuadras"
    " blocks more mas less menos people personas patients patient pts pt pacientes clients client residents resident kids"
    " times x others other veces beds bed shifts turnos doubles seconds second secs sec late behind"
    " or o".split()
)
"""What is counted: ten minutes, ten patients, ten more."""

STREETS = frozenset("st street ave avenue rd road blvd lane ln drive dr court calle avenida".split())
"""A house number stands up to three words before these."""

SAYS_A_CLOCK = frozenset("o'clock oclock o ish sharp thirty fifteen forty fortyfive am pm punto noon".split())
IS_A_SUBJECT = frozenset(
    "is was would will works work sounds suits fits seems es esta seria funciona sirve queda too".split()
)
CLOCK_AFTER = frozenset(
    "at by around about from since til till until before after @ las past half like approximately approx roughly between"
    " start starts starting begin begins leave leaving come coming arrive arriving arrives there here free available home"
    " off out up open working llego llegar salgo entro entrar salir empiezo empezar desde hasta sobre tipo media libre"
    " disponible ahi alli voy estoy estare puedo can be".split()
)
"""Behind these a number is a clock: "at 10", "there 10", "half 10"."""

LASTS = frozenset("in within en dentro unos unas another".split())
"""Behind these a number is a duration: "in 10"."""

DAY_AFTER = frozenset("the el del dia on al".split())
"""Behind these a number is a day of the month: "the 10", "el 16"."""

HALVES = frozenset("quarter five ten twenty cuarto".split())
"""What is told to the hour: "quarter to 10"."""

OF = frozenset("de of del".split())
ABOUT_COMING = frozenset(
    "there here come coming arrive start begin leave free available till til until in at llego llegar libre disponible voy"
    " estar ahi alli late".split()
)
NAMED = {
    name: str(hour)
    for hour, names in enumerate(
        "one una|two dos|three tres|four cuatro|five cinco|six seis|seven siete|eight ocho|nine nueve|ten diez|eleven once|"
        "twelve doce".split("|"),
        1,
    )
    for name in names.split()
}
"""Hours in words. They count only behind `TELLS_AN_HOUR`: "at ten", "a las diez"."""

TELLS_AN_HOUR = frozenset("at by from til till until around before after las".split())

MUST_STAY = COUNTED | SAYS_A_CLOCK | HALVES | STREETS | NAMED.keys() | {"media"}
"""Words that no typo may be made of."""
