"""Written forms and the words they stand for: contractions, text-message spellings, common typos, emoji."""

_LINES = """
yes: yuppers yupz yepz yea yeah yeh yah yup yep yepp yupp ye ys yess yse yees yass yas yasss yh yeap yeppers yeps yessum yessiree yip yupper yuh yessss yes' yeaa yeahh yeas yess'm yus eys yezz yez yeess ues tes yed yrs yessr yeahs yepyep yeh yesser
yes sir: yessir yessirr yessur yesir
y: yy
ok: k kk kay oki okie okay okey okk okkk oky okays okie-dokie okeydokey okeydoke okies oke o.k. okya okaay okee kkk kks okey-dokey okei alrighty aight aite aiight alrite alryt alright allright mkay mmkay okok kk okie2 okiedokie okey2 okat okau pkay okc ohk ohkay okeh
sure: shur sho2 surething shure suree sur sureee shur suer sho fosho fasho fs fsho
yes sure: yesure
sure thing: surething
can: cn csn xan vcan
hmm: hmmm hmmmm hmmmmm hmn
will: ll wiil wull willl wlil
have: ve
yes: yews yers ywes yesa yesd yss yaes yeds yewss yrd yea2 yar yesh yis yush yws yesy yasss yaas yaaas yee yeee yeahhh ywah yeag
of course: ofc ofcourse offcourse ofcourse' obvs ofcoarse ofcorse obvi ofcos
definitely: def deff defs definately definatly definitly defintely defo deffo definetly defiantly2 defenitely definitelyy
absolutely: absolutly absolutley abso absolutey absolutelyy absoluteley
affirmative: affirm affirmitive affermative affirmativ
certainly: certainley certanly
confirmed: confirmd conf cfm confrimed comfirmed
confirm: confrim comfirm
no: nope nah naw nay nop noo nopes nopee noe nooope nein nahh nopers nuh nawl na noppe noop naaah nom nahi
that: tt
work: wrok wokr owrk wrk
not available: unavail
no: nio nyet noi npe mope bope
right: orite2
ok: orite ight oright
something: sth smth smthg
lol: hehe hee heh hehhe keke
will: wil wll
of course: ofcos ofcoz ofcz
no thanks: nty nothx nothanks nothankyou noty
good morning: gm gmorning goodmorning gmornin
good night: gn gnite goodnight
negative: neg
rain check: raincheck
no problem: np noprob nprob noproblem noprobs npp nop' noproblemo noproblems
no worries: nw noworries nowrries
can not: cabt canr cany cang cantr catn acnt cqnt cwnt xant vant cna't cant cannot cnt cannt cnat cant' kant can't couldnt2 cantt cann't
could not: couldn couldnt couldn't
do not: dont don't dnt dun dont' donot doesnt2 don dontt
does not: doesn doesnt doesn't
did not: didn didnt didn't
will not: wont won't
would not: wouldn wouldnt wouldn't
should not: shouldn shouldnt shouldn't
is not: isn isnt isn't aint ain't
are not: aren arent aren't
was not: wasn wasnt wasn't
have not: haven havent haven't havnt
has not: hasn hasnt hasn't
had not: hadnt hadn't
i am not: imnot
i will: ill i'll il i'l illl
i am: im i'm iam i'mma ima2 imm aim2
i am going to: imma ima i'ma imna
going to: gonna gona gunna gna finna
want to: wanna wana
got to: gotta
have to: hafta
i would: id i'd
i have: ive i've
it is: its it's itz tis
that is: thats that's dats thts that'z das
this is: thisis
what is: whats what's wats wat's whts
where is: wheres where's wheres'
who is: whos who's
when is: whens when's
how is: hows how's
there is: theres there's
he is: hes he's
she is: shes she's
let us: lets let's
you are: youre you're ur2
we are: were2 we're
they are: theyre they're
we will: we'll
you will: youll you'll
that will: that'll thatll
it will: it'll itll
that would: that'd thatd
it would: it'd itd
we would: we'd
they will: they'll
we have: we've weve
you have: you've youve
you: u yu yew
you: ya2
are: r
your: ur yr
be: b
see: c
for: fr fer
the: teh th da2 tha
this: dis diz ths
that: dat tht
there: ther theer tehre htere therr theree thr thur dere
them: em dem
with: w wit wif wth w/
and: nd
what: wat wht wut wot
please: pls plz plss plse plese pleas pleae plaese plzz pleeze pleez pleasee pleease
thanks: thx tks thnx tnx thanx thks thnks thankz thanq tq tnks tysm thanxs tkx thnaks tahnks thansk yhanks thanky thanku thankyou thku tyvm ty tyty thankyu tysvm thnkx thankss txs thxs graciaz
because: cuz coz bc cos becuz bcuz cause becos
tomorrow: tmr tmrw tmrow tomorow tommorow tommorrow tomm tmmrw tomrw tom2 2moro tomoro 2mrw tmw 2morrow tmorrow tomorro tmro tomorroww
tonight: tonite 2nite tonyt tonyte 2night tnite
today: tdy 2day tday tdae todae todat
minutes: min mins minuts
really: rly rlly realy relly reli
probably: prolly probs prly probly probaly prob2
maybe: mayb mebbe mabey mby maybee mabye prehaps mayhaps perhap
though: tho thou2
because of: bcof
i do not know: idk idunno iono dunno donno dunno' dk
i do not care: idc
let me know: lmk
on my way: omw omww otw
talk to you later: ttyl t2ul
be right back: brb
never mind: nvm nevermind nvmd nm nevamind
just kidding: jk j/k jks
for real: fr2
right now: rn2 rightnow
as soon as possible: asap
in my opinion: imo
i guess: iguess
shift: shft shfit shif shifts2 shitf shiftt
available: avail avaliable availible avaible availble avaialble avalible availabe availalbe avaliablee avial
cover: covr cvr kover coverr
take: tak tske tkae taje rake2 taek tk takee taek tke
work: wrk wok2 werk worl
good: gud goood gd gooood goodd
great: gr8 grt grate2 greatt
fine: fyn finee
cool: kool kewl coolio kul cooll coool koo
awesome: awsome awesum awsm
perfect: perf purfect prefect perfec pefect
sounds: sound2 souds soungs sonds soudns
interested: intrested intersted
interest: intrest
sorry: sry srry sory soz sori soory sorri sowwy soryy sorrry
unfortunately: unfortunatly unfortunatley unfortunetly unfort
someone: sum1 some1 sumone
anyone: any1 ne1
before: b4
great: gr8
later: l8r ltr l8 latr lata laterz
late: l8'
wait: w8
love: luv lov luvv
would: wud wld woud wuld
could: cud cld culd
should: shud shld
think: thk thnk tink
know: kno noe knw
got: gt
going: goin goin' gg2
coming: comin comin'
taking: takin takin'
doing: doin doin'
working: workin workin'
nothing: nuthin nothin
something: sumthing smth sumthin
have: hav hv hve haf
from: frm fm
time: tym tyme
text: txt msg2
message: msg
messages: msgs
texts: txts
texting: txting txtin textin
address: addy addr adress addres adrress adresss addie addrs adddress
ok then: kden okden kthen
lol: lool loll lolz lolol lmfao rofl lmaoo hahaha hahah hahahaha hehehe hah heh jaja jajaja jeje jejeje haha2 hahaa hahahahaha ahaha ahah lul xD
hi: hii hiii hiya helo hallo heyy heyyy heyya hai hie heyo
hello: helllo heloo hellooo
bro: bruh brah brotha bruv brudda
girl: gurl gal grl girll
no one: noone
count me in: countmein
i am in: imin
i have you: igotchu igotu
got you: gotchu gotcha
got it: gotit gotchya
bet: betcha ubet youbetcha
oh: ooo oooh oo ohhh
let me: lemme
then: den
already: oredi alr alrdy
also: oso
want: wan wnt
sure thing: shothing
will do: willdo
can do: cando
for sure: 4sure
for you: 4u
no one: no1
everyone: every1 evry1
straight: str8
mate: m8
on it: onit
say less: sayless
for sure: forsure 4sure
hell yes: hellyeah hellyea hellyes hellyeh
heck yes: heckyeah heckyes
oh yes: ohyes ohyeah
sounds good: soundsgood sg
me too: metoo
i can: ican
i can not: icant icannot
no way: noway
not interested: notinterested
number: num nmbr numba
about: abt abut bout
people: ppl
between: btwn btw2
with me: wme
out of town: oot
birthday: bday
boyfriend: bf
girlfriend: gf
hospital: hosp
appointment: appt apt2 appts
schedule: sched skd schedual schdule skedule
sitter: babysitter bbsitter
daughter: dtr
minute: min2
give: giv gv
give me: gimme gimmie giver2
ok thanks: okthx okthanks kthx kthxbye
i do not think so: idts
anymore: any2more nomore2 nemore anymre
dont worry: dw
more: mor
excited: xcited
right: rite ryt
night: nite nyt
confirm: cfrm
money: $$ $$$
overtime: ot2
dude: dood
it: itt
yes please: ypls yespls yesplz yesplease
what: wha
come: cme
sick: sik
que: q qe ke
porque: xq pq xk porq
por que: xque
tambien: tmb tambn
estoy: toy stoy estoi estoii
bien: bn
aqui: aki aki'
donde: dnd dnde dond
mensaje: msj msje
tengo: tngo tnego
gracias: gcs grasias grasia grcias graciaa grcs
"""


def _read(lines: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines.strip().splitlines():
        meant, _, written = line.partition(": ")
        for form in written.split():
            if not form[-1].isdigit() and form != meant:
                found.setdefault(form, meant)
    return found


SPELLINGS: dict[str, str] = _read(_LINES) | {"4": "for", "2": "to"}

BEHIND: dict[str, dict[str, str]] = {
    "probs": dict.fromkeys(("no", "any", "not"), "problems"),
    "prob": dict.fromkeys(("no", "any", "a"), "problem"),
    "den": {"me": "den"},
    "cos": {"of": "course"},
    "coz": {"of": "course"},
    "sho": {"fo": "sure", "for": "sure"},
    "ill": dict.fromkeys(
        "am is are was be been feel feeling felt very really got getting fell fall too mentally still".split(),
        "sick",
    ),
}
"""Written forms that stand for something else behind certain words: "no probs", "I am ill"."""

IS_SAID_OF = frozenset(
    "good great fine perfect ok okay sick ill in at not no bad down dead broken off open free available all mine too my a the"
    " busy booked working full out hard cool doable impossible better best going coming awesome wonderful ideal closed".split()
)
"""What follows an "'s" that means "is"."""
