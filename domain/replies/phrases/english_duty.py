"""English for calling off, running late, opting out, asking for help and being the wrong person."""

NAMES: dict[str, list[str]] = {
    "mine": [
        "my|today's|@todays [@day|@otherday|@someday|@part|@otherpart|next|upcoming|booked] [@part|@otherpart] shift|shifts|booking|reservation|appointment|assignment|visit|request"
    ],
    "list": ["list|lists|system|database|thread|chat|texts|messages|calls|contacts|distribution"],
    "dont_call": [
        "[please] do not [please|ever] call|phone|ring|dial [me|us|my|this|here] [phone|cell|number] [please]",
        "no [more] [phone|voice] calls [please]",
        "[i] would rather|prefer you did|do not call|phone|ring [me]",
        "[i] do not like|want|take|answer|do [phone|voice|any] calls",
        "[i] [would] prefer|rather not [to] [be] called|phoned",
    ],
    "call_no_need": [
        "no need to call|phone|ring [me]",
        "[you] [do] not have|need to call|phone|ring [me]",
        "stop|quit calling|phoning|ringing [me|us|my] [phone]",
        "do not call|phone|ring me|us again|anymore",
        "instead of calling|phoning|ringing|calls [me]",
        "rather than calling|phoning|a call|calls",
    ],
    "texting_ok": [
        "[a] text|texts|texting|message|messages|sms|messaging is|are|works|work|will [just|much|always] [fine|ok|okay|good|better|best|great|preferred|preferable|easier|enough|do|perfect] [for|with] [me]",
        "[please|just|only|but|you] [can|may] [please|just|only] text|message [me] [only|instead|please]",
        "text|texts|texting|message|messages|sms only|please|instead|ok|okay|fine|preferred",
        "[i] [would] [much] prefer|rather|like [to] [get|have] [a] text|texts|texting|messages|sms [messages|instead]",
    ],
    "texts_only": [
        "texts|text|texting|messages|sms only [please]",
        "only text|message [me] [please]",
        "[i] [would] [much] prefer|rather [to|you|get|have|a] text|texts|texting|messages|sms [me|messages] [only|instead|over|to|than] [phone] [calls|calling|call]",
        "text|texts|texting is|are better|easier|preferred than|to|over [a|phone] [call|calls|calling]",
    ],
    "person": [
        "someone|somebody|anyone|you",
        "[someone|somebody] [a|an|the|your] [real|live|human|actual] person|human|agent|representative|rep|manager|coordinator|operator|scheduler|supervisor|real|live",
    ],
    "say_stop": ["stop|quit|unsubscribe|opt|stopall|optout"],
    "keep_tail": [
        "[me] [out] [of|from] [sending|texting|messaging|contacting|notifying|getting|receiving|alerting|asking|offering] [me|us] [the|my|these|your|any|those] [<msgs>|shifts|shift]",
    ],
    "msgs": [
        "texts|messages|text|texting|msgs|sms|messaging|notifications|alerts|calls|spam|message|reminders|offers"
    ],
}

CALL_OFF: list[str] = [
    "[i|we] <mod> not [<hon>] make|do|come|work|take|cover [in|it|that|this] @day|@someday|today|tonight anymore|after [all]",
    "change|switch that|it|this|my [answer|yes|reply] to [a] no",
    "the|that|a shift [that] i [had|have] accepted|took|picked|confirmed|agreed|claimed [up|to]",
    "call|calling|called off|out [sick|tonight|today|tomorrow|for|from|of|@day|@someday]",
    "call|calling|called in sick",
    "[need|have|want|got|wish|like|going] [to] cancel|abort|withdraw|unassign|reschedule|unbook [me|my|that|this|it|the|on|from|<mine>]",
    "[need|have|want|got] to drop|release|give [away|up] <mine>",
    "[feel] [free] [to] drop|release that|this|the|my [meeting|shift] [slot|shift]",
    "cancelling|canceling|cancellation",
    "i|we|have|please|be cancelled|canceled",
    "take|remove|pull|drop|scratch|delete|unbook|unassign|release|withdraw|cancel|get me|my off|from|out [of] [the|that|this|<mine>|@day|@someday|@otherday] [schedule|shift]",
    "remove|drop|scratch|delete|unbook|unassign|release|withdraw|cancel me|it|that|this|my off|from|out|for [of] [the|that|this|<mine>|@day|@someday|@otherday] [schedule|shift]",
    "take it|that|this off [of] [my|the] schedule|calendar",
    "backing out",
    "to|will|must back out",
    "cover|take|work|do|pick|want <mine>",
    "someone|anyone|somebody [else] [to] cover|take [for] me|<mine>",
    "someone|anyone|somebody else for <mine>",
    "give|giving|gave up|away my|the|this|that shift",
    "give|giving my|the|this|that shift up|away",
    "[i|we] <mod> not [<hon>] make|do|come|work|take|cover|be [it|that|to|in|there|my] [work|shift] anymore|after|now [all]",
    "[i|we] <mod> not [<hon>] make|work|do|come|get|cover [it] [to|in|for] my [@day|@someday|@otherday|@part] shift [anymore]",
    "[i|we] <mod> not [<hon>] make|work|do my [@day|@someday|@otherday|@part] shift",
    "[i|we] <mod> not [<hon>] anymore",
    "not [<hon>] anymore",
    "no longer able|can|make|need|want|going|coming",
    "said|told|accepted|agreed|confirmed|committed [you|yes|i|that] [yes] [would|could] but [now] [something] [i|we] <mod> not",
    "i know i said|accepted|agreed|confirmed [yes]",
    "[i] [actually] do not want this|it|that [shift] anymore",
    "something|smth came|has up|come",
    "never mind",
    "nevermind|abort|unaccept",
    "forget it|that|about",
    "take|taking back my yes",
    "undo my|that|the yes|acceptance",
]

LATE: list[str] = [
    "running|run [a] [little|bit|few|about|approx|like|@num|@code|super|very|so] [@num|@code|bit] [minutes|minute|hour] late|behind",
    "running late",
    "be|am|is|are|coming|getting|arriving|arrive|there [there] [a|like|about|in|around|@num|@code|couple|few] [little|bit|few|@num|@code|couple|hour] [of] [bit|minutes|minute|hour|hours] late",
    "stuck in traffic",
    "[be] there in [a|about|like] @num|@code|few|couple [minutes|min|minute]",
    "am|be|running [a] [little|bit|few] late",
    "@num|@code|few|couple minutes|minute late|behind|away|out",
    "flat tire",
    "traffic is",
    "[i] overslept",
]

OPT_OUT_ALONE: list[str] = [
    "stop|unsubscribe|unsub|stopall|quit|end|revoke|optout|cancel|remove|arret|arrete|arretez|arrett",
    "opt out",
]

OPT_OUT: list[str] = [
    "unsubscribe|stopall|optout",
    "stop texting|messaging|contacting|calling|sending|bothering|spamming|harassing|bugging|blowing|emailing|notifying|all|the|this|these|it|sms|messages|texts|with|please|now|notifications|everything|me|us|asking|that|thanks|trying|alerts|communication",
    "quit texting|messaging|contacting|calling|sending|bothering|spamming|harassing|bugging",
    "please|just|yes|kindly|ok|no stop",
    "need you to stop",
    "opt [me] out [of|from|please|texts]",
    "[do|can|could|would|will|you|please|i|want] not [ever|please] text|message|contact|send|bother|email|notify me|us|this|my|any|anymore|again|number|ever|texts|messages|more",
    "not [ever|please] call|phone [me|us|my|this] [phone|number|cell] anymore|again|ever",
    "not [ever|please] call|phone [me|us] or|and|nor text|message|contact",
    "not [ever|please] text|message [me|us] or|and|nor call|phone",
    "why|you|u|they|yall|it|if|ya do|does|can|will|did|would|could not [you|u|they|yall] [just|please|ever] stop|quit|unsubscribe texting|messaging|contacting|calling|sending|bothering|spamming|harassing|bugging|me|the|this|these",
    "want|like|wish|need|please|how|ask|asked to stop|quit receiving|getting [any|all|the|these|your|so|more] [many|of] [the|these|your] <msgs>",
    "please|just stop|quit receiving|getting [any|all|the|these|your] <msgs>",
    "to be removed|taken|deleted|unsubscribed off|from|out [of] [the|your|this] [texting|text|call|calling|mailing] <list>",
    "cancel|end|disable [all] [of] the|these|those|this|your|all texts|messages|notifications|alerts|sms|subscription",
    "cease and desist",
    "no more <msgs>",
    "no more of <msgs>|these|this|your",
    "enough with|of the|these|your <msgs>",
    "remove|delete|take|get|drop|unsubscribe|unenroll me|us|my|this [name|number|phone|cell] [number] from|off|out [of] [the|your|this|these|all|ur] [calling|texting|text|call|mailing|sms|contact|phone|group|messaging] <list>",
    "take my|this number [off]",
    "remove|delete|lose|erase|forget my|this [phone|cell] number|contact|info",
    "unsubscribe me [please]",
    "leave me alone",
    "[i] [do|no] not|longer want|need|like these|your|any|the|this [more|of] [these|your] <msgs>",
    "[i] [do|no] not|longer want|wish|care|like to receive [any|these|your] [more] [of] [these|your] [<msgs>]",
    "[i] [do|no] not|longer want|wish|care|like to get|hear|keep [getting|receiving] [any|these|your] [more] [of] [these|your] <msgs>",
    "[i] [do|no] not|longer want|wish|care|like to get any|these|your [more]",
    "[i] [do|no] not|longer want|wish|care|like to be texted|contacted|messaged|called|notified|bothered",
    "[i] [do|no] not|longer want|wish|care|like to be on [the|your|this|any] [texting|text|call|calling|mailing] <list>",
    "[i] [do|no] not|longer want|wish|care|like to hear from",
    "no longer wish|want|interested [to|in] [receive|receiving|get|getting|be] [any|these|your|texted|contacted] [more] [<msgs>]",
    "tired|sick of [all] [getting|receiving] [these|your|the] <msgs>",
    "never text|contact|message|call me [again]",
    "block|blocking|blocked|reporting you|this|number|u|your",
    "lose my number",
    "unsubscribe me",
    "how|where do|to|can [i] unsubscribe|stop|opt",
    "who gave you my number",
]

TAKE_OFF: list[str] = [
    "take|get|pull|drop|scratch me off [of] [this|your|please|now]",
    "remove|delete me [off|from] [of] [this|your|please|now]",
    "take|remove|get|delete my name off|from|out",
    "remove|delete my name",
]
"""An opt-out, unless it is a shift that somebody wants to be taken off."""

OF_A_SHIFT = frozenset(
    "@day @otherday @someday @part @otherpart @hours @start @end @othertime @month @mycode @code shift shifts schedule"
    " calendar roster rota work working assignment case booking appointment consideration sick ill emergency covid turno horario"
    " agenda guardia enferma enfermo emergencia".split()
)
"""Words that say that somebody wants to be taken off a shift and not off a list."""

CARE = frozenset(
    "meds med medication medicine medicines bleeding feeding feed feeds drip iv oxygen insulin treatment therapy infusion pump tube"
    " antibiotics machine alarm pain car bus".split()
)
"""What may be to be stopped and is no text."""

KEEP: list[str] = [
    "[i] am not [<hon>] trying|planning|looking|going|wanting to <say_stop> <keep_tail>",
    "[i] [do|did] not [ever|really] want|mean|ask|wish|like to be|get removed|taken|deleted|dropped|unsubscribed [off|from|out] [of] [the|your|this] [<list>]",
    "[please] do not [ever|please] <say_stop> <keep_tail>",
    "[i] do|did not [ever|really] want|mean|wanna|intend|try|like|need|ask [for|you] [you] to <say_stop> <keep_tail>",
    "[i] never wanted|meant|asked|intended|tried [for|you] [you] to <say_stop> <keep_tail>",
    "[please] do not [want you to] remove|take|delete|drop|block|unsubscribe me|my [number|name] [off|from|out] [of] [the|your|this] [<list>]",
    "[please] keep|continue [on] sending|texting|messaging|contacting|notifying [me|us] [the|these|your] [<msgs>|shifts|shift] [please]",
    "[please] keep the|those|these|your <msgs> coming",
    "[please] keep|leave me on the|your|this <list>",
    "[i] [sent|texted|hit|typed|pressed|wrote|said] [the] [word] <say_stop> by|on mistake|accident",
    "[the|that|my] <say_stop> was [sent|typed] [a|an|by] mistake|accident",
]
"""What speaks of opting out and denies it."""

NO_CALLS: list[str] = [
    "<dont_call>",
    "<dont_call> [i|just|but|and|it|so|me] [i] <texting_ok>",
    "<texting_ok> [but|and|just|so|me|with] <dont_call>",
    "<call_no_need> [just|but|and|so] <texting_ok>",
    "<texting_ok> [but|and|just|so] <call_no_need>",
    "<texts_only> [and|but] [<dont_call>]",
]

CALL_ME: list[str] = [
    "call|ring|phone|dial|buzz me|us [back|up] [now|asap|please|later|soon|first|tomorrow|today|tonight|@day|@someday|when|whenever]",
    "give me|us|a [a] call|ring|buzz|phone",
    "please call|phone|ring [back|now]",
    "call please",
    "call as soon as possible",
    "[want|need|can|could|like|let|rather|prefer|may|have] [i|me|we|us] [to] speak|talk to|with <person>",
    "can|could|may i|we talk|speak",
    "need|want|get|have|like [me] [a|an] [real|live|actual] human|person|agent|representative|coordinator|callback",
    "real|live|actual human|person|agent",
    "customer service|support|care",
]
"""A person is wanted."""

OPT_IN: list[str] = [
    "start|unstop|resume|subscribe|resubscribe|optin",
    "opt [me] [back] in",
    "start|resume texting|messaging me [again]",
    "sign me back up",
    "subscribe|resubscribe me [again|back]",
    "[please] add|put|get me back on|in|to [the|your] [<list>]",
    "[i] [would] want|like [to] [get|receive|have] [the|your|shift|my] <msgs> [back] again",
]

HELP: list[str] = [
    "help|info|menu|commands",
    "help me|please|needed",
    "[i] need [some|your] help",
    "can|could you|u|someone [please] help me",
    "how does this work",
]

WRONG: list[str] = [
    "wrong number|person|num|phone|contact|guy|girl|lady",
    "wrong @num|#",
    "no one|nobody [here] by|with that|this name",
    "this phone|number belongs to someone|somebody else",
    "not who|whom you|u [are|r] looking|searching for",
    "@name [has] changed her|his|the|their number|phone",
    "[there] [is] no @name here|at [this] [number|phone]",
    "@name does not live|work here [anymore]",
    "[she|he|@name] does not have|use this number|phone [anymore]",
    "you|u have|got|texted|reached [the|a] wrong [number|person]",
    "do not know who this|you is|are",
    "this is not [her|him|his|the|a|my] [phone|number|@name]",
    "not her|him|@name",
    "this is not my|her|his number|phone",
    "new number|phone who",
    "i do not work there|here [anymore]",
    "i do not work for|with you|u|your|this|the|them|yall [anymore|company|agency]",
    "no longer work|works|employed|working with|for|there|here|at",
    "[i] am not a nurse|caregiver|cna|rn|@role|@otherrole|aide",
    "[i] left the|that|your company|agency",
]

QUESTION: list[str] = [
    "did|have you|u|yall|they|anyone [already|even] ask|asked|try|tried|call|called|text|texted [@name|anyone]",
    "is|are|was @name working|coming|taking|going|doing [that|it|this|@day|there]",
    "who|what|when|where|why|which|whose|how|huh|wat|y",
    "do|does|did|is|are|was|were|can|could|will|would|should|have|has|may|shall you|u|it|this|that|there|the|they|he|she|we|i|anyone|someone|anybody",
    "who|what|why|how|which|whose|when|where is|are|was|were|do|does|did|can|could|will|would|should|am [this|that|it|there|you|u|i|we|the]",
    "tell|give|send|show me",
    "repeat|clarify|explain|pardon|details|recap|address|location",
    "any other|more|others|openings|updates|matches|options|shifts",
    "say that|it again",
    "did not get|catch|understand|hear|receive that|it|this|you",
    "i missed that",
    "i have a question|questions",
    "[[i] need|want|like] [some|a|bit|little] [bit] more|some|any|further info|information|details",
    "question",
    "[i] [do|can] no|not [really|even|not] speak|read|understand|know|write|talk [much|any|good|very|the|a] [well|good|word|lot] [of] english|spanish|ingles|espanol|language",
    "no [good|much|speak] english|spanish",
]
