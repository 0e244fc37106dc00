"""Edits that make a condition, a doubt, a retraction or a question out of an acceptance, in English and Spanish."""

from collections.abc import Iterable, Iterator

AFTER = (
    " if my mom can watch the kids", " unless they need me at the clinic", " but only the morning",
    " but let me ask first", " lol just kidding", " wait no", " or maybe not", " depending on traffic",
    " on friday", " for $50 an hour", " but I have to leave by noon", " once my car is fixed", " I think",
    " hopefully", " how much is it?", " can I come at 9?", " is there overtime?", " what about thursday?",
    " pero solo en la tarde", " si me pagan doble", " provided I get paid today", " assuming my car starts",
    " so long as it's not icu", " when I get off my other job", " after I drop the kids", " until lunch",
    " for the first few hours", " just the morning tho", " minus weekends", " if it's ok w my boss",
    " but not by myself", " but I'm leaving early", " but gotta be out by 2", " pending sitter",
    " tentatively", " 50/50", " I hope", " fingers crossed", " most likely", " lemme double check",
    " ill confirm later", " waiting on my husband", " but don't hold me to it", " not promising", " jk lol",
    " wait never mind", " oops wrong chat", " no sorry", " scratch that", " actually can't", " psych",
    " nah", " not really", " lol not", " was a typo", " disregard", " i mean no", " how many hours?",
    " what's the pay?", " is it 12 hrs?", " is it bonus?", " what about sunday?", " can i come late?",
    " can my sister come instead?", " is it peds?", " how many pts?", " ratio?", " is lunch paid?",
    " any other day?", " do u have nights?", " at 9", " on the 30th", " next week instead", " from 8-12",
    " said no one ever", " in your dreams", " when pigs fly", " or no", " or not", " 🤔", " 🤞", " 🙄",
    " but I may be wrong", " don't count on it", " ask me again tonight", " unless something comes up",
    " or tomorrow", " or wednesday", " but half day", " but as an LPN", " for $60", " plus mileage",
    " w/ bonus only", " if ur desperate", " in case nobody can", " just in case", " for now",
    " for the moment", " let me see", " need to check", " gotta ask hubby", " idk", " idk tho", " i dunno",
    " tbh not sure", " kinda", " sorta", " eventually", " someday", " not this week", " no wait", " nope",
    " haha no", " except I cant", " cant actually", " unfortunately not", " though I'm sick",
    " but my kid is sick", " but I have class", " but I'm at work then", " but i need a ride", " how much?",
    " hourly?", " what shift?", " which day?", " is it still 7-3?", " can I leave at 1?",
    " could we do friday?", " does it pay OT?", " is it far?", " si encuentro niñera", " si me recogen",
    " pero hasta la 1", " pero salgo temprano", " solo medio turno", " a menos que llueva",
    " depende de la paga", " creo", " a ver", " ojalá", " luego confirmo", " mejor no", " no es cierto",
    " es broma", " me equivoqué", " cuánto pagan?", " cuántas horas son?", " hay bono?", " y el jueves?",
    " puedo llegar tarde?", " pero el viernes", " siempre no", " o no", " pero no sé", " todavía no",
    " déjame ver", " si se puede", " quizá", " no puedo", "; however I must be gone by one",
    " though only the first part", " but I'd prefer thursday", " given that it's an easy patient",
    " unless it snows", " as soon as my relief comes", " assuming nobody minds", " if u pay gas",
    " if I wake up lol", " if not too late", " if I'm not too late", " whenever", " when do I get paid?",
    " what's in it for me?", " do I get OT for it?", " how long is the shift?", " how late does it go?",
    " how heavy is the patient?", " would 8 be ok?", " is 8 ok?", " could I do 11-3?",
    " can we make it friday", " can it be a later start", " could someone cover the last hour",
    " can I split it with Ana?", " might be late tho", " may have to leave early", " might cancel",
    " may change my mind", " I could be wrong", " we'll see tho", " not 100%", " not 100% sure",
    " 90% sure", " like 80% sure", " let me get back to u", " after I talk to my husband",
    " once my mom says yes", " waiting to hear back from school", " gotta find a sitter first",
    " I'd need a sitter", " I'd need a ride", " need gas money", " need to be paid weekly",
    " but charge rate", " but at my rate", " for the right price", " at double", " at time and a half",
    " for a bonus", " if the bonus stands", " hmm wait", " oh wait I can't", " oh wait no",
    " my bad I can't", " sry no", " sorry can't", " changed my mind", " on second thought no", " nm",
    " nvm", " forget it", " cancel that", " take that back", " undo", " kidding", " sike", " april fools",
    " not!", " NOT", " as if", " yeah right", " said nobody", " not happening", " no thanks",
    " just not that day", " except tuesday", " except mornings", " anything but tuesday",
    " on a different day", " the week after", " next tuesday", " in december", " the 31st", " monday",
    " sat or sun", " 3-11", " 7p-7a", " night shift only", " as a CNA", " si no llueve",
    " si me alcanza el tiempo", " si mi jefe me deja", " siempre y cuando sea cerca",
    " con la condición de salir a la 1", " pero entro a las 9", " pero me voy temprano", " nomás medio día",
    " solo la mañana", " cuando salga del otro trabajo", " si pagan doble", " si hay bono",
    " cuánto sería?", " me pagan extra?", " qué horario?", " puede ser el jueves?", " el jueves mejor",
    " mejor el viernes", " no mentira", " es mentira", " no, me equivoqué", " perdón no", " ay no",
    " ya no", " capaz", " capaz que no", " a lo mejor no", " no prometo", " luego te digo",
    " te aviso al rato", " tengo que checar", " déjame preguntar",
)  # fmt: skip
"""Put behind the acceptance."""
BEFORE = (
    "don't know if ", "she said ", "maybe ", "I never said ", "if nobody else can, ", "not ",
    "if they pay double ", "only if needed, ", "as backup ", "once I'm off ", "wish I could say ",
    "would have said ", "nobody said ", "does this mean ", "am I supposed to say ", "hardly ", "almost ",
    "why would I say ", "pretend I said ", "stop asking me to say ", "my friend says ", "Ana said ",
    "he told me ", "should I say ", "what if I said ", "I can't just say ", "before I say ", "until I say ",
    "tal vez ", "no sé si ", "dijo que ", "quién dijo ", "no puedo decir ", "unlikely but ",
    "last week I said ", "if ", "unless ", "never ", "I don't think ", "doubt it but ", "hopefully ",
    "probably ", "can't ", "won't ", "don't ", "tell Ana ", "did you say ", "you said ", "who says ",
    "I thought ", "I almost ", "ya no ", "nunca ", "no creo que ", "sin ", "quizás ", "cuando pueda ",
    "Not saying ", "Never said ", "Stop saying ", "Who told you ", "I'd be lying if I said ",
    "I would love to say ", "Can't honestly say ", "I told my boss ", "my coworker said ",
    "tell me why I should say ", "if it were friday, ", "if I were off, ", "only when you're short: ",
    "on one condition: ", "for $50/hr, ", "after 10am ", "until noon ", "half shift, ", "as a backup, ",
    "hold on, ", "wait, ", "let me think, ", "idk, ", "not sure but ", "maybe yes maybe no, ", "could be, ",
    "possibly ", "perhaps ", "I think ", "I guess ", "I suppose ", "jk ", "nvm ", "actually no, ",
    "si acaso ", "a lo mejor ", "puede que ", "creo que ", "no digo que ", "nadie dijo ",
    "mi hermana dijo ", "solo si pagan más, ", "depende, ", "quién sabe, ",
)  # fmt: skip
"""Put before it."""
WITHIN = (
    ", if needed,", " maybe", " hardly", " probably", " don't", ", depending,", " hopefully", " never",
    ", only partly,", " quizás", " unless asked", " can't", " if", " almost", " no longer",
)  # fmt: skip
"""Put behind its first word, and in its middle."""
_IN_TURN = 8


def spoiled(acceptances: Iterable[str]) -> Iterator[str]:
    """Give every acceptance with every eighth edit, beginning with another one each time, so that all have their turn."""
    for at, text in enumerate(acceptances):
        bare = text.rstrip(" .!")
        words = bare.split(" ")
        edited = [bare + tail for tail in AFTER] + [head + text for head in BEFORE]
        if len(words) > 1:
            edited += [
                " ".join(words[:place]) + said + " " + " ".join(words[place:])
                for said in WITHIN
                for place in {1, len(words) // 2}
            ]
        yield from edited[at % _IN_TURN :: _IN_TURN]
