"""What may stand beside a yes in English without changing it: courtesy, and questions about the way there."""

COURTESY: list[str] = [
    "please|thanks|thank|thx|ty|tysm|tyvm|tnx|cheers|welcome|appreciated|regards|blessings|sincerely|respectfully|lol|haha|hehe|lmao|yay|@smile|"
    "hi|hello|hey|heya|hiya|yo|dear|sir|maam|madam|boss|bro|girl|hun|hon|babe|buddy|bud|pal|love|friend|man|dude|guys|team|all|everyone|y'all|"
    "morning|evening|afternoon|oh|ah|aww|well|wow|so|then|and|um|uh|er|xx|x|xo|xoxo|amen|lord|omg|gosh|da|lah|la|leh|lor|ya|u|you|and|sweetie|mate|fam|homie|sis|@sign",
    "thank|thanks you|u|ya [so|very] [much|kindly] [for <kindness>]",
    "thanks [so|very] much",
    "thanks [a] (lot|bunch|million|ton|again|loads)",
    "thank|thanks|thx|ty [you|u] [so much] (again | in advance | for <kindness> | god | lord | everyone|all|again)",
    "many thanks",
    "much obliged|appreciated|love",
    "i [really|greatly|do|truly] appreciate [you|it|that|this|u] [<kindness>]",
    "appreciate it|you|u|that",
    "you are|r [very|the|so] (welcome|best|awesome|amazing|great|wonderful|sweet|kind|star|angel|lifesaver|rock)",
    "u|you rock",
    "(have | hope you have | you have | u have) [a] [very|really] (good|great|nice|blessed|lovely|wonderful|awesome|fantastic|pleasant|safe|beautiful) (day|one|night|evening|weekend|afternoon|morning|shift|week|time|rest)",
    "good morning|afternoon|evening|night|day",
    "take care",
    "god bless [you|u]",
    "bless you|u|up",
    "no worries|problem",
    "sorry [for [the|my] (delay|late|slow|delayed) [response|reply|text|answer|in|responding|replying] | about that | just saw|seeing (this|it|ur|your) [text|message] | i|just missed (this|you|your text) | to (keep|make) you waiting]",
    "sorry|apologies for [the|my] (late|slow|delayed) (response|reply|text|answer)",
    "[i] just|only [now] (saw|seen|got|read|noticed|woke) [up|this|it|your|the|ur] [text|message|msg|to this]",
    "hope (that helps | you are well | all is well)",
    "how are you|u|things",
    "let us go",
    "glad|happy to help",
    "in advance",
    "my friend|dear|love",
    "just to confirm",
    "as always",
    "[i] will be [right] on time",
]

NAMES: dict[str, list[str]] = {
    "kindness": ["your|the|ur|all [all] [your] [quick] help|response|reply|time|assistance|offer|opportunity|info|information|text|message|service|support|update|call|patience|understanding|shift|heads|thinking", "thinking of me", "asking|reaching|texting|offering|letting|checking|everything|that|this|it|helping [me|out|know]"],
    "place": ["[the|this|that|his|her|your|ur] [full|exact|street|client|facility|unit] address|location|place|facility|building|entrance|house|unit|floor|room|gate|door|code|parking|lot|directions|client|patient|hospital|clinic|apartment|apt|supervisor|desk|dress|uniform|report|lockbox|key|keys|contact|name|number|office|home"],
}

WAY: list[str] = [
    "where|address|location|directions [?]",
    "(what is|was | what are | whats) [the|his|her|their|your] [gate|door|entry|lockbox|access|unit|room|building|client|clients|patient|facility|full|street|exact|dress|contact|phone|parking|wifi|apt|apartment|key|keypad|alarm|client's] [address|location|code|name|number|floor|room|situation|entrance|door|building|unit|facility|directions|place|gate|attire|uniform|instructions|info|details] [again|there|please|for <thing>] [?]",
    "where <be> [it|this|that|the|i|we|she|he] [<noun>|<wplace>] [at|located|go|going|again|exactly|to|park|report|meet|be|check] [to|in] [please] [?]",
    "where do|should|can|am|will|would i|we (go|park|report|meet|check|be|enter|come|sign|clock|pick) [in|to|up|at|it] [the|keys|key] [?]",
    "which|what [<wadj>] (<wplace>) [is it|this|that] [at|in] [again|please] [?]",
    "who <be> [the|my|our] [client|patient|contact|supervisor|charge|nurse|resident|pt] [nurse|person] [?]",
    "who do|should|will i (report|ask|call|see|meet|contact) [to|for|with] [when i arrive|get there] [?]",
    "(can|could|will|would|pls) [you|u|someone] [please|just|also] (send|text|give|tell|share|resend|forward|remind|msg|message|email|drop|get|provide|shoot|let) [me|us|over|know] [again] [the|me|a|their|her|his|with|where|what] [full|exact|client|street|gate|door] [<wplace>|pin|info|details|information|report] [is|and <wplace>|again|number|code] [please|again|over|to me|it is] [?]",
    "[please] send|text|share|resend|forward|give|email|drop [me] [the|over|a] [full|exact|client|gate|door] <wplace> [and <wplace>] [again|please] [?]",
    "tell me where [it is | to go|park|report] [?]",
    "what (time|door|entrance|floor|unit|room|building|gate|address|facility|place|location|hospital) [is it|should|do|shall] [i|that|this|the] [be|come|get|arrive|report|show|use|park|go|need] [there|in|up|to|at|for] [?]",
    "when|what|where|how (should|do|shall|can) i (come|be|arrive|get|start|report|show|go|check|clock|enter) [there|in|up|at|to|it|sign] [?]",
    "is there [a|any] [gate|door|lockbox|special|free|dress|entry|access|parking|key] [code|parking|pass|key|badge|dress|lot|entrance|box|keypad|instructions] [for|there|or] [a|the] [gate|door] [?]",
    "do i [need|have] [to] (bring|wear|park|need|sign|check|report|call|get|have) [a|my|an|in|any] [anything|badge|scrubs|code|key|gate|mask|gloves|ppe|stethoscope|id|lunch|food|uniform|paperwork] [code] [?]",
    "what|which color [scrubs] [?]",
    "(need | should | shall) i (bring|wear) [anything|my|a|own|scrubs|badge|mask|lunch|ppe] [badge|lunch|mask|scrubs] [?]",
    "what (should|do|shall) i [need|have] [to] (wear|bring|know) [?]",
    "where at|to|is it|and when [?]",
    "(and) <wadj> [?]",
    "(when | what time) (does|do|is|will) (it|this|that|shift|the shift|the) [shift] (start|begin|starting) [and where] [?]",
    "and when does it start and where [?]",
    "how do i (get|find|enter|check) [there|in|it|the building|to] [?]",
    "same (place|address|location|building|facility|client|unit|floor|entrance) [as] [last time|before] [?]",
    "[the] same (place|address|location|building|facility|client|unit) as (last time|before|always|usual) [?]",
    "is parking (free|available|there) [?]",
    "who am i (relieving|replacing|reporting|covering|working|seeing|meeting) [to|with|for] [?]",
    "is it [still|the] [at] [the] (same) (place|address|location|building|facility|client|unit) [?]",
]
NAMES["be"] = ["is|are|was|am"]
NAMES["wplace"] = ["address|location|place|facility|building|entrance|house|unit|floor|room|gate|door|code|parking|directions|client|patient|hospital|clinic|apartment|apt|office|name|number|details|info|instructions|addy|site|home|gate code|door code|key|keys|lot|elevator|wing"]
NAMES["wadj"] = ["the|this|client|full|exact"]
