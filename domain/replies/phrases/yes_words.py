"""Words by which a message that is all made of yeses is told from a receipt, a condition or somebody else's yes."""

IF_VERBS = frozenset(
    "puedo quiero voy tomo cubro hago trabajo acepto confirmo estare ire llego queda sirve parece conviene funciona".split()
)
IF_THAT_IS = (["es"], ["todo"], ["no", "hay"], ["sale", "bien"], ["va", "@name"], ["va", "dona"])
"""Right behind an unaccented "si" they need but one of these verbs to make it an "if": "si todo bien voy"."""
PEOPLE = frozenset(
    "friend girl man dude bro boss sister sis team everyone guys buddy pal mate love dear lady captain chief amiga amigo"
    " jefa jefe senora senor hija mija king queen miss guy kid all".split()
)
SUBJECTLESS = frozenset(
    "can will would do does works work sounds looks seems fits suits is are am able happy glad willing free available"
    " in down got accept accepted confirm confirmed puede taking coming going wants".split()
)
ASKS = frozenset(
    "what where who whom when which is are and how do can could may please send text share just should will would need"
    " tell i let adonde donde a cual que me le puede puedes pueden podria mandame mandeme con por quien cuando en tengo"
    " debo necesito hay como dame deme dime digame enviame envieme pasame paseme".split()
)
NOT_AFTER_SORRY = frozenset({"can", "picking", "got"})
"""More often a "can't" that lost its end, or what somebody does instead."""
ASKS_WHERE = frozenset("where what when who how which".split())
LEADS_ON = frozenset("for with of from to en con para por de al a".split())
OF_SOMEBODY = frozenset("assign book schedule reserve".split())
"""What is done with whom: "please book Kim" says yes for somebody else."""
BARE_YES = frozenset("yes sure ok okay sí si claro yup please thanks gracias @yes".split())
PLAIN = BARE_YES | {"alright", "fine"}
GUESSED_FREELY = frozenset(
    "absolutely definitely certainly affirmative confirmed confirm accept accepted available totally surely thank thanks please you sorry hello good morning evening afternoon night day great appreciate appreciated much very"
    " gracias favor por god bless have a the for your delay reply response late i it u so and".split()
)
UNFINISHED = frozenset("can will would do am are shall to".split())
BEGINS_ANEW = frozenset(
    "i we yes sure ok okay y ya please absolutely definitely certainly of what where who when which how is are do and"
    " count sign put book thanks no sí si claro yo lo cuenta cuente donde cual que me @yes this it that".split()
)
DENIED = frozenset("can could will would do does did am are is was should have".split())
SHORTENED = frozenset("will would am are have is".split())
OPEN_ENDED = frozenset("and a an the of with my or la el en al un".split())
HANGING = [["so"], ["well"], ["and"], ["um"], ["uh"], ["er"], ["oh"]]
SURPRISE = [["oh"], ["ah"], ["aww"], ["aw"], ["wow"], ["whoa"], ["omg"], ["gosh"]]
TAKES_NOTE = frozenset(
    "oh ah aww aw wow whoa omg gosh ok okay alright fine k good nice cool great haha lol @smile right".split()
)
EXCUSES = frozenset("sorry was got came died hope poor oh did".split())
PARTING = frozenset("night day evening weekend afternoon morning have noche tarde dia".split())
AT_EASE = frozenset({"worry", "letting"})
MORE = frozenset("details info information detalles informacion datos".split())
ON_THE_WAY = frozenset("coming going voy".split())
NOW = frozenset("now ahora ahorita".split())
NO_END = [
    ["hello"],
    ["hi"],
    ["hey"],
    ["hola"],
    ["oye"],
    ["bueno"],
    ["sorry"],
    ["perdon"],
    ["disculpa"],
    ["disculpe"],
]
THANKS = frozenset("thank thanks gracias sorry cheers agradezco appreciate appreciated perdon".split())
RECEIPT = frozenset(
    "noted understood received got roger copy gotcha worry bye goodbye ciao how entendido recibido enterada enterado adios chao".split()
)
AGREES = frozenset(
    "yes no not problem will would do can sure deal bet agreed available free libre disponible confirmed confirm need me"
    " hmm correct si sí".split()
)
SAYS_YES = frozenset("yes y sí si aye".split())
OK_YES = frozenset("yes ok okay alright k sure oh".split())
WRITER = frozenset("i we".split())
IS_ABLE = frozenset("can will would do am".split())
CONVENTIONAL = frozenset(
    "absolutely definitely certainly totally surely gladly affirmative confirmed confirm sure ok okay thing can do will of"
    " course for most quite very much so big hard a why oh ah well hell heck hmm um uh damn omg indeed certain all means by"
    " approved bet deal done say less sold know got it that this what is are was would be sounds sound looks look seems"
    " seem feels works work suits suit fits fit good great perfect fine alright right cool nice awesome amazing brilliant"
    " wonderful excellent fantastic correct acceptable lovely to me us my with by the plan like agree agreed i we am and"
    " without doubt no question you u ya @yes @tenfour please just also really 100 % percent hundred one"
    " claro dale confirmo confirmado afirmativo simon seguro obvio efectivamente obviamente definitivamente absolutamente"
    " adelante fijo arre por supuesto va que desde luego con mucho gusto placer como de acuerdo suena bien super parece"
    " esta perfecto genial excelente bueno listo vale duda alguna sin lo dudes dude hecho trato".split()
)
"""What may only say that something was understood, also after "please do not come"."""
