"""English for calling off, running late, opting out, asking for help and being the wrong person."""

NAMES: dict[str, list[str]] = {
    "mine": [
        "my|today's [@day|@otherday|@someday|@part|@otherpart|next|upcoming|booked] [@part|@otherpart] shift|shifts|booking|reservation|appointment|assignment|visit|request"
    ],
    "list": ["list|lists|system|database|thread|chat|texts|messages|calls|contacts|distribution|rotation2"],
    "msgs": [
        "texts|messages|text|texting|msgs|sms|messaging|notifications|alerts|calls|spam|message|reminders|offers"
    ],
}

CALL_OFF: list[str] = [
    "the|that|a shift [that] i [had|have] accepted|took|picked|confirmed|agreed|claimed [up|to]",
    "call|calling|called off|out [sick|tonight|today|tomorrow|for|from|of|@day|@someday]",
    "call|calling|called in sick",
    "[need|have|want|got|wish|like|going] [to] cancel|abort|withdraw|unassign|reschedule|unbook [me|my|that|this|it|the|on|from|<mine>]",
    "[need|have|want|got] to drop|release|give [away|up] <mine>",
    "[feel] [free] [to] drop|release that|this|the|my [meeting|shift] [slot|shift]",
    "cancelling|canceling|cancellation",
    "i|we|have|please|be cancelled|canceled",
    "take|remove|pull|drop|scratch|delete|unbook|unassign|release|withdraw|cancel|get me|it|that|this|my off|from|out|for [of] [the|that|this|<mine>|@day|@someday|@otherday] [schedule|shift|list2]",
    "backing out",
    "to|will|must|gotta back out",
    "cover|take|work|do|pick|want <mine>",
    "someone|anyone|somebody [else] [to] cover|take [for] me|<mine>",
    "give|giving|gave up|away my|the|this|that shift",
    "[i|we] <mod> not [<hon>] make|do|come|work|take|cover|be [it|that|to|in|there|my] [work|shift] anymore|after|now [all]",
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
    "take back my yes",
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
    "i overslept",
]

OPT_OUT_ALONE: list[str] = ["stop|unsubscribe|stopall|quit|end|revoke|optout|cancel|remove2"]

OPT_OUT: list[str] = [
    "unsubscribe|stopall|optout",
    "stop texting|messaging|contacting|calling|sending|bothering|spamming|harassing|bugging|blowing|emailing|notifying|all|the|this|these|it|sms|messages|texts|with|please|now|notifications|everything|me|us|asking|that|thanks|trying|alerts|communication",
    "quit texting|messaging|contacting|calling|sending|bothering|spamming|harassing|bugging",
    "please|just|yes|kindly|ok|no stop",
    "need you to stop",
    "opt [me] out [of|from|please|texts]",
    "[do|can|could|would|will|you|please|i|want] not [ever|please] text|message|contact|call|send|bother|email|notify me|us|this|my|any|anymore|again|number|ever|texts|messages|more",
    "no more <msgs>",
    "no more of <msgs>|these|this|your",
    "enough with|of the|these|your <msgs>",
    "remove|delete|take|get|drop|unsubscribe|unenroll me|us|my|this [name|number|phone|cell] [number] from|off|out [of] [the|your|this|these|all|ur] [calling|texting|text|call|mailing|sms|contact|phone|group|messaging] <list>",
    "take my|this|me number|name|off [off]",
    "remove|delete|lose|erase|forget my|this [phone|cell] number|contact|info",
    "remove|delete|unsubscribe me [please]",
    "take me off please|now|this|your|of",
    "leave me alone",
    "[i] [do|no] not|longer want|need|like these|your|any|the|this [more|of] [these|your] <msgs>",
    "[i] [do|no] not|longer want|wish|care|like to receive|get|be|hear [getting|receiving|any|these|your|texted|contacted|messaged|called] [more] [<msgs>]",
    "no longer wish|want|interested [to|in] [receive|receiving|get|getting|be] [any|these|your|texted|contacted] [more] [<msgs>]",
    "tired|sick of [all] [getting|receiving] [these|your|the] <msgs>",
    "never text|contact|message|call me [again]",
    "block|blocking|blocked|reporting you|this|number|u|your",
    "lose my number",
    "unsubscribe me",
    "how|where do|to|can [i] unsubscribe|stop|opt",
    "who gave you my number",
]

OPT_IN: list[str] = [
    "start|unstop|subscribe|resubscribe|optin",
    "opt [me] [back] in",
    "start|resume texting|messaging me [again]",
    "sign me back up",
    "subscribe me [again]",
]

HELP: list[str] = [
    "help|info|menu|commands",
    "help me|please|needed",
    "[i] need [some|your] help",
    "can|could you|u|someone [please] help me",
    "how does this work",
    "customer service|support|care",
    "[want|need|can|could|like|let] [i|me] [to] speak|talk to|with a|an|the|some|someone|somebody [real|live|human|person|agent|representative|manager|coordinator|operator]",
]

WRONG: list[str] = [
    "wrong number|person|num|phone|contact|guy|girl|lady",
    "wrong @num",
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
    "question",
]
