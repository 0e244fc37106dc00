"""Reasons that people give instead of a no, by kind: whatever they have to do, where they are, who is not well.

Each kind is the verbs of having or going, and a list of what is had or gone to; `english_no.py` has the rest.
"""

NAMES: dict[str, list[str]] = {
    "folk": [
        "son|daughter|kid|kids|baby|child|children|mom|mother|mum|mama|dad|father|husband|hubby|wife|grandma|grandmother|nana"
        "|grandpa|granddaughter|grandson|grandbaby|grandkids|family|boy|girl|boys|girls|parents|sister|brother|aunt|uncle"
        "|sisters|brothers|sons|daughters|moms|dads|grandmas|husbands|cousins|cousin|friend|partner|fiance|boyfriend|girlfriend|niece|nephew|toddler|twins|godson|goddaughter|neighbor|roommate",
        "mother|father|sister|brother|parents in law",
        "in laws",
        "best friend",
    ],
    "whose": ["[a|an|the|my|our|his|her|their|another|some|this|one|more] [<folk>]"],
    "sort": [
        "doctor|doctors|dr|dentist|dental|eye|vet|medical|court|school|church|work|job|family|hair|nail|baby|bridal|wedding"
        "|birthday|parent|teacher|mandatory|required|previous|prior|other|private|regular|custody|immigration|visa|important"
        "|big|final|board|nursing|bible|choir|prayer|softball|soccer|football|basketball|baseball|dance|swim|cheer|college"
        "|online|full|time|new|second|day|home|house|zoom|staff|team|root|physical|class|late|long|little|graduation"
        "|retirement|holiday|christmas|thanksgiving|easter|specialist|ob|prenatal|therapy|car|oil|cpr|bls|acls|skills"
        "|orthodontist|mri|ct|blood|lab|follow|up|pre|post|op|same"
    ],
    "event": [
        "lab|tutoring|appointment|appointments|checkup|class|classes|school|exam|exams|test|final|finals|midterm|quiz|boards|lecture|lesson"
        "|lessons|tuition|camp|clinicals|clinical|orientation|training|inservice|seminar|workshop|conference|meeting|meetings"
        "|interview|interviews|court|hearing|deposition|church|mass|bible|study|ceremony|wedding|funeral"
        "|wake|memorial|viewing|burial|baptism|christening|communion|shower|graduation|recital|concert|play|party|reunion"
        "|game|games|tournament|match|practice|rehearsal|trip|flight|vacation|cruise|holiday|surgery|procedure|operation"
        "|colonoscopy|endoscopy|biopsy|mri|scan|ultrasound|mammogram|physical|dialysis|chemo|radiation|therapy|treatment"
        "|treatments|infusion|deadline|project|inspection|delivery|movers|plumber|electrician|contractor|closing"
        "|obligation|obligations|commitment|commitments|engagement|engagements|plans|event|events|function|conflict|date"
        "|retreat|festival|parade|reservations|tickets|visitors|company|guests|rehab|drill|reserves|reservist|overtime"
        "|birthday|anniversary|gig|job|errands|homework|babysitting|fieldtrip|pickup|dropoff|duty|visitation|lashes|braids",
        "bible|self|group study",
        "field trip",
        "oil|tire change",
        "jury|army|guard duty|drill",
        "root canal",
        "nails|hair done",
    ],
    "illness": [
        "poisoning|flu|covid|strep|pneumonia|bronchitis|migraine|migraines|headache|fever|cold|cough|vertigo|shingles|virus"
        "|infection|bug|stone|toothache|stones|cramps|pinkeye|uti|rash|hives|diarrhea|gout|sciatica|earache|tonsillitis|asthma"
        "|allergies|concussion|hernia|mono|norovirus|rsv|hfm",
    ],
    "ill_sort": [
        "a|an|the|my|some|food|stomach|sinus|ear|eye|bad|terrible|awful|horrible|severe|really|kidney|double|chest|upper"
        "|respiratory|period|24|hour|high|killer|nasty|splitting|head|tooth|skin|cold"
    ],
    "holyday": [
        "eid|ramadan|sabbath|shabbat|passover|diwali|hanukkah|christmas|easter|thanksgiving|lent|purim|sukkot|ashura|vesak"
        "|deepavali|nyepi|juneteenth",
        "yom|rosh|the kippur|hashanah|holiday|holidays",
        "chinese|lunar new year",
        "cny",
        "good friday",
    ],
    "ones_day": [
        "[on] that|this|same day|morning|afternoon|week|@part|one",
        "[on] @day [@part|then]",
        "then|today",
    ],
    "gone": [
        "ny|nj|la|dc|nc|sc|tx|fl|atl|ny|pr|florida|mexico|texas|vegas|hawaii|jamaica|canada|europe|philippines|india|nigeria|ghana|haiti|cuba|spain|california"
        "|chicago|atlanta|miami|houston|ohio|georgia|arizona|overseas|abroad|malaysia|jb|msia|another|dubai|london",
        "the philippines|beach|mountains|lake|airport|bahamas|dominican|country|islands|cabin|keys|coast",
        "new|puerto|costa|las york|rico|rica|vegas|jersey",
    ],
    "have_now": ["[i|we] [<still>] have|got [got]"],
}

BUSY: list[str] = [
    "sorry working|busy|booked",
    "[having|had|have] car trouble|troubles|problems|issues",
    "[i|am] working [that|this|the] [shift|day|night] somewhere|elsewhere [else]",
    "[i] [am] in the middle of",
    "[i|we] [am|are] [<still>] at|with my <folk> [house|place]",
    "[i] am [all] done for the|this|today week|month|day|year",
    "vacation|vacay",
    "[i] do|will not wake|get up that|so|this|at [early]",
    "[i] [just] had a|an|my [baby|surgery|procedure|operation|c|stroke|seizure]",
    "my <folk> [<sort>] <event>",
    "[it|that] is my|our <folk> [<sort>] <event>",
    "[a|my] <sort> <event> for my|our <folk>",
    "bible study|class",
    "clinicals",
    "day care|daycare|school does|will not open|start",
    "on my|our|a|the honeymoon|vaca|vacay|vacation|trip|cruise|holiday",
    "on vaca|vacay",
    "[i|am] away|gone|busy|booked <ones_day>",
    "<have_now> the|my nclex|boards|board|teas|hesi|exam",
    "[i|am] working|work @otherday|@day and|& @day|@otherday",
    "[i|am] [working] with mr|mrs|ms|miss|dr @name",
    "scheduled|committed|booked|promised|working already|elsewhere",
    "[i] [am] on [the] schedule already",
    "<have_now> my @num|@code|forty [hours]",
    "[i] am [very|so|highly] allergic",
    "family|relatives|company|guests|parents|folks [is|are] in|visiting|here [town]",
    "dentist|doctor|dr|vet|doctors|ob|therapy|court|church|school <ones_day>|@part",
    "maternity|paternity|medical|sick|family|bereavement|parental leave",
    "[i] [am] not allowed [to] [any] [have|do|work|more] ot|overtime|hours|work",
    "no ot|overtime [for] [me]",
    "back to sleep|bed",
    "[i] [am] going [back] to sleep|bed",
    "[i] [have] [already|just] picked up [a|another] [shift|one|case] [somewhere|elsewhere|with|at|for]",
    "[i] [have] [already|just] took|accepted|grabbed|got|have [a|another|one] [other] shift|job|one|case somewhere|elsewhere|with|at|for|already",
    "[i] [have] [already] took|taken|found|got something|somewhere else",
    "[i|we] [am|are|got] snowed|iced|flooded|rained|locked|stuck in|out|under",
    "i|we am|are [all] flooded|snowed [here]",
    "[the] roads|streets|highway|weather is|are [too|so|really|very|all] bad|icy|closed|flooded|terrible|awful|slick|dangerous",
    "[my|the|our] power|electricity|heat|water|internet is|are|went out|off",
    "[i] [am] in clinicals|clinical|labor|bed [sick]",
    "[i] have|got pink eye",
    "[i|we] [have|already] hit|reached|passed my @num|@code|forty|limit|max|hours",
    "[i] [am] taking care of my|our|the <folk>",
    "[i] [am] on [a] break from",
    "[i] will be with [my] family|kids|<folk>",
    "[my] boss|job|husband|wife|doctor|school|work <mod> not let me",
    "[i] [am] getting a root|new canal",
    "<have_now> [a|an|my] paper|project|assignment due",
    "<have_now> [a|an|my] private|regular|different|long|live [in|term|time] client|patient|case",
    "[i|we] [need|have|must|gotta|got] [to] go|going [to] [a|the|my] [<sort>] <event>|<gone>",
    "[i] [am] on mom|dad|mommy|daddy|grandma|parent|baby duty",
    "[it|that] is [like|about|over] a|an [@num|@code|long|one|two|three|four] [hour|hours|mile|miles|minute|minutes|min] drive|commute|ride|trip [for] [me]",
    "[on] the other|opposite side|end of [the] town|city|county|state",
    "[i|we] [am|will|would] [be] [just] [be] coming|getting|get off [of] work|nights|a|my|shift [double|night|shift]",
    "[i] need|want|have|got to catch up on sleep|rest|homework|school|housework",
    "need|needs|needing to catch up on",
    "[i] am spent|fried|toast|wrecked|beat|depleted|kaput|bushed|pooped|shattered|knackered",
    "[would|will|it|that] go|put|puts|push|pushes [me] into overtime|ot",
    "[i] [am] only|just doing|working|taking|accepting nights|nocs|weekends|evenings|@otherpart|@otherday",
    "[i] [am] going to rest|sleep|relax|chill|recover|study|travel",
    "[i] [am] going to be away|gone|busy|sick|asleep|traveling",
    "[i|we] [have|got] [all|enough|plenty] [of] the hours|shifts|work [that] i need|want|can",
    "all the hours|shifts [that] i need|want|can",
    "dentist|doctor|doctors|orthodontist|dr|vet appointment|at|visit [@num|@code|@othertime|@start]",
    # what one has to do
    "<have_now> <whose> [<sort>] [<sort>] <event>",
    "<event> <ones_day>",
    "<sort> <event> <ones_day>",
    "<folk> has [a|an|the|his|her|their] [<sort>] [<sort>] <event>",
    "parent teacher conference|conferences|meeting|night",
    "my|our|his|her <folk> [<sort>] <event> [is]",
    "[i|we] [am|are|will] [be] [<still>] going|headed|heading|flying|driving to|for <whose> [<sort>] <event>|<gone>",
    "[i|we] will be [<still>] at|in <whose> [<sort>] <event>",
    "[i|we] [am|are|will] [be] [<still>] at|in <whose> [<sort>] <event> <ones_day>",
    "[i|we] [am|are|will] [be] [<still>] at|in <gone>",
    "[i|we] [am|are|will] [be] [<still>] attending|hosting|chaperoning|coaching|teaching|taking|planning|having|doing <whose> [<sort>] <event>",
    "[i|we] [am|are|will] [be] [<still>] having|expecting people|company|family|guests [over]",
    "<have_now> [a|the|my|some] [<folk>|movers|plumber|company|people|guests|electrician|someone] coming|visiting|over [over|in|to]",
    "plumber|electrician|contractor|movers|cable|company [guy|is|are] [is] coming",
    "meeting|visiting|seeing|picking up|hosting [up|with] my|our|a|some <folk>|friends",
    "picking|dropping my|our|the <folk> up|off",
    "[i|we] [am|are] getting|having [a|my|some] tooth|teeth|wisdom|braces|stitches|cast|nails|hair|car|roof|floors|windows|house [teeth] pulled|out|done|removed|off|fixed|serviced|installed|cleaned|painted",
    "[i|we] teach|coach|study|train|volunteer|babysit [a|my|the|class|at|on] <ones_day>",
    "[i|we] [am|are] renewing|taking|sitting [for] my|the license|licence|nclex|boards|board|cpr|bls|acls|certification|driving|road|teas|hesi [test|exam|class]",
    "[i|we] [am|are] closing on my|our|a|the [new] house|home|place|condo",
    "[my|our] <folk> [is|are] graduating|marrying|visiting|moving|deploying|testing|competing|performing",
    "my|our <folk> [is|are] getting|having married|baptized|surgery|baptised|induced|a|her|his|tested|tubes",
    "[i|we] [have] put in|requested|asked for [that|the|my] pto|leave|vacation|off|day",
    "[i|we] promised to be|stay|take|go|watch|help",
    "[i|we] promised [my|the|our] <folk>|kids",
    "[i|we] [am|are] [<still>] made|booked|got [other] plans|something already",
    # the house and who lives in it
    "[i|we] [<still>] have|got [all] [the|my|our] kids|children|grandkids|grandbabies|baby|boys|girls|twins [all] [<ones_day>|home|week|with]",
    "[i|we] [<still>] care|caring for my|our|the <folk>",
    "[my|our|the] <folk> [and] <mod> not [<hon>] watch|keep|babysit|take|sit|help [them|him|her|my|the|out]",
    "[i] [have] nobody|anyone to|who|that [can] watch|keep|babysit|sit|leave|take [my|the|them|him|her|our]",
    "nobody|anyone to watch|keep|babysit|leave",
    "my|our <folk> [is|are] [<still>] sick|ill|home|hospitalized|contagious|teething|vomiting",
    "my|our <folk> is|are|was|got [in|at] [the] hospital|icu|er|hospice|labor|rehab|jail|admitted|rushed|quarantined",
    "my|our <folk> works|work|leaves|goes <ones_day>",
    "[i|we] [am|are|will] [be|just|rather] stay|staying|stuck [at] home|in|put",
    "[the|my] [kids|boys|girls] daycare|school|preschool [is|are] closed|out|off",
    "kids|children [are] out|off|home of|from [school]",
    # illness and loss
    "<have_now> [<ill_sort>] [<ill_sort>] [<ill_sort>] <illness>",
    "<ill_sort> <illness>",
    "[i] [have] caught|got [<ill_sort>] [<ill_sort>] <illness>",
    "[i|we] [have|am] am|are|came|went|be down with [<ill_sort>] [<ill_sort>] <illness>",
    "[i] [am] fighting|nursing|recovering|battling [off|from|over] a|an|the|some|surgery",
    "getting over a|an|the|my|some|being",
    "[i] [am] [@num|@code] weeks|months pregnant",
    "[i] am [<still>] due <ones_day>|soon|any",
    "[my] doctor|dr|doc|surgeon|ob|orthopedic will|has|did not clear|cleared|released|release|let me",
    "[i] [am] not cleared|released [to|for|yet]",
    "[i] have not slept|recovered|rested",
    "[i] [have] [not] barely|hardly slept|sleep|rested",
    "[i] did not sleep",
    "[i] [am] [<still>] grieving|mourning|heartbroken",
    "[there] [was|is] [had|have] a death in my|our|the family",
    "[i|we] [just] [have|had] lost my|our [dear] <folk>",
    "[my|our] [dear] <folk> [just] passed|died",
    "[i|we] [am|are] burying|laying my|our",
    "[i|we] [am|are] allergic to cats|dogs|smoke|pets|animals",
    "[i|we] [am|are] fasting",
    "(it is | that is | is) [the|my] <holyday>",
    "[i|we] observe|celebrate|celebrating|observing|keep|keeping [the] <holyday>",
    # the way there
    "[i|we] [have] got|had|have a flat [tire]",
    "[my] tire|tires [is|are|went|blew] flat|out|blown|low",
    "[the] bus|buses|train|trains does|do|will|is|are not run|running|go|start|come|stop",
    "[it|that] is [like|about|over|almost] [a|an|@num|@code] hour|hours|miles|minutes [and] [away|from|drive|one] [from] [me|here|home|my|way|each]",
    "[i|we] [have] [just] moved|relocated away|to|out|back|from|states|down [of|to] [state|town]",
    "[i|we] [do] not live|stay there|here|in|near|around [anymore]",
    "[i|we] no longer live|drive|work|do [there|here|in|near|nights|days|home|agency]",
    # other work
    "[i|we] [have] [just] got|took|accepted|started|found [a|another|my] [new|full|different|second|other] [time] job|position|assignment|contract|gig",
    "[i|we] [have|am] [just] retired|retiring",
    "[i|we] [have] left nursing|healthcare|agency|the [agency|field|company|profession]",
    "[i] [am] on [a] [night|nights|nightshift|evening|@otherpart] [shift|assignment] <ones_day>|@otherday|@someday",
    "[i] [am] on light|modified duty",
    "[i] [am] on|working|work [the] @otherpart|nights|night [shift] before",
    "[i] [am] [<still>] pulling|doing|working|worked|did|finishing a|my|another double|triple|sixteen|overnight|@num|@code [hour|hours|@day|@otherday|@someday]",
    "[i] [have] [already] worked|done|did @num|@code|three|four|five|six|seven [days|nights|shifts|12s|doubles] [in] [a] [row|straight]",
    "in laws [are] here|coming|visiting",
    "meeting|visiting|seeing my|our|a|some <folk>|friends",
    "[my] hours [are|is] capped|maxed|full|limited|restricted",
    "[i] [am] capped [at|out]",
    "[i] [already] picked|signed up [for] @day|something|another|elsewhere|at",
    "[i] [already] have|got my [regular|own|other|private|day|full] [time] client|clients|job|patient|patients|shift|case|cases",
    "they|someone|somebody|@name|mercy [already] have|has|got|put|booked|scheduled me [down|on|scheduled|booked|working] for|at|elsewhere|somewhere|already",
    "[i] [am] on [the] schedule at|elsewhere|somewhere",
    "coming|getting|get|gets|comes off [of] work|nights|a|my|shift|late [double|night|shift]",
    "i [am] [<still>] working|busy|sick|overseas|abroad|sleeping|outstation|exhausted [la|lah|leh|lor|liao|sia|then|that|on|<ones_day>]",
    "[i] very|so|damn|super tired|sick|busy",
    "[i] [am] on mc|ns|reservist",
    "[i] got reservist|mc|tuition|lesson|school|camp|work",
    "@day is|are [<hon>] out [for me]",
]
"""What follows "busy" in the vocabulary: it counts only where nothing else in a message speaks for a yes."""
