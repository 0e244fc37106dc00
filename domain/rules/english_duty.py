"""English for calling off, running late, opting out, asking for help and being the wrong person."""

CALL_OFF: list[str] = [
    "call|calling|called off|out [sick|tonight|today|tomorrow|for|from|of] ",
    "[need|have|want|got] [to] cancel|drop|abort|release|withdraw|unassign|reschedule [me|my|that|this|it|the] [from|shift|booking|one|reservation|for|today]",
    "cancel",
    "call|calling|called in sick",
    "take|remove|pull|drop|scratch|unbook|unassign|release|withdraw me|it|that|this [off|from|out] [of]",
    "back|backing out [of]",
    "cover my shift|shifts",
    "(take|cover|work|do) my [@day|@otherday|@someday|shift]",
    "give|giving up|away my shift",
    "can not (make|do|come|work|take|cover) [it|that|to|in|there|my] [shift] (anymore|after all|any more|no more|no longer)",
    "no longer (able|can|make|need|want|available|going|coming|interested)",
    "(said|told|accepted|agreed|confirmed|committed) [you|yes|i|that] [yes] [would|could|but] [<back>]",
    "do not want (this|it|that) anymore",
    "not coming (in|today|tonight|anymore|to work)",
    "will not be (in|coming|there|at work|to work) [<moment>]",
    "something came up",
    "never mind",
    "nevermind|nvm|abort|cancelled|canceled|cancelling|canceling|forget",
    "forget it|that|about",
]
NAMES: dict[str, list[str]] = {"back": ["but i can not|now"]}

LATE: list[str] = [
    "running|run [a] [little|bit|few|about|approx] [bit|@num|@code] [min|mins|minutes] (late|behind)",
    "(be|am|is|will be|gonna be|might be|coming|getting|arrive|there) [a|like|about|there|in|@num|@code|couple|few] [little|bit|few|@num|@code|couple|hour|hr] [of] [bit|min|mins|minutes|hour|hours|hr] late",
    "late [because|due]",
    "stuck in traffic",
    "@num|@code|few|couple min|mins|minutes late|behind|away|out",
    "traffic is",
    "(i am | will be) [going] [to] late",
    "flat tire",
    "overslept",
    "car (will not|would not|broke|trouble|wont) [start|down]",
]

OPT_OUT: list[str] = [
    "stop|unsubscribe|stopall|quit|end|revoke|optout|remove2",
    "opt [me] out [of|from|please]",
    "stop|quit (texting|messaging|contacting|calling|sending|bothering|spamming|harassing|bugging|msging|blowing|all|the|this|these|it|sms|messages|texts|with|please|now|notifications)",
    "(do|can|could|would|will|you|please) not (text|message|contact|call|send|bother|msg|email|sms|notify|want) [me|us|this|my|any] [anymore|again|number|ever|texts|messages|more] [<nomore>]",
    "no more (texts|messages|text|texting|msgs|sms|messaging|notifications|alerts|offers|of|calls)",
    "(remove|delete|take|get|drop) me|my|this [name|number|phone] (from|off|out) [of] [the|your|this|ur|these] [calling|texting|text|call|mailing|sms|contact] [list|lists|texts|system|database|messages|group|thread|chat]",
    "(remove|delete|lose|erase|forget) my|this|me [phone] (number|contact|info)",
    "leave me alone",
    "(do not want | no longer want | tired of | sick of | stop getting | stop receiving | not receive | do not wish to get|receive|have) [to] [get|receive|getting|receiving|be|any|these|your] [any] [more] (texts|messages|texted|contacted|messaged|notifications|alerts|sms|msgs|texting)",
    "never (text|contact|message|call) me [again]",
    "unsubscribe|stop me",
    "block|blocking|blocked (you|this|number|u)",
    "lose my number",
]
NAMES["nomore"] = ["texts|messages|more"]

OPT_IN: list[str] = ["start|unstop|subscribe|resubscribe|optin", "opt [me] [back] in", "[start|resume] texting [me] again", "sign me back up"]

HELP: list[str] = ["help|info|menu|commands|instructions", "help me|please", "i need [some] help", "(can|could) (you|u|someone) [please] help [me]", "how does this work", "customer service|support", "speak|talk to a|an|the|some|someone [real|live|human|person|agent|representative|manager|coordinator]"]

WRONG: list[str] = [
    "wrong number|person|num|#|phone|contact",
    "(you|u) have|got [the] wrong [number|person]",
    "(do|does) not know (who|you) [this|is|are|you]",
    "this is not [her|him|his|the|a|my]",
    "(i am | this is | not) not|no|longer [the] (nurse|caregiver|right person)",
    "not (her|him|@name)",
    "new number|phone who",
    "(i) do not work (there|here|for|with) [you|u|anymore]",
    "no longer (work|works|employed|with) [for|there|here]",
]

QUESTION: list[str] = [
    "who|what|when|where|why|which|whose|how|huh",
    "(do|does|did|is|are|was|were|can|could|will|would|should|have|has|may|shall) (you|u|it|this|that|there|the|they|he|she|we|i|anyone|someone)",
    "(tell|give|send|show) (me)",
    "repeat|clarify|explain|pardon|details|info|say again|recap",
    "any (other|more|others|openings|updates)",
    "say (that|it) again",
    "did not (get|catch|understand|hear|receive) (that|it|this|you)",
    "i missed that",
]
