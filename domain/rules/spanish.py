"""Spanish: yes, no, courtesy, the way there, and all that is neither."""

NAMES: dict[str, list[str]] = {
    "muy": ["[muy|todo|toda|super|bien|perfectamente|totalmente|completamente]"],
    "loes": ["lo|la|los|las|el|ese|este|esa|esta|eso|esto"],
    "turno": ["[el|la|este|ese|esta|esa|su|ese] [<momento>] turno|trabajo|guardia|oferta|puesto|caso|servicio|vacante|paciente|cliente|dia|hueco|jornada [<cuando>]", "eso|esto|ese|este|esa|esta|todo"],
    "momento": ["@day|@part|@hours|@role"],
    "cuando": ["[el|este|ese|para|en|de] [el|la|los] @day|@part|@hours [@day|@part|@hours] [de [la] @part]", "ahi|alli|ahora|entonces|alla", "ese dia", "a esa hora", "a las @start"],
    "hacer": ["tomar|cubrir|hacer|trabajar|aceptar|ir|venir|ayudar|tomarlo|cubrirlo|hacerlo|aceptarlo|asistir|estar|agarrarlo|agarrar|llegar|tomarla|cubrirla|apoyar|apoyarlos|ayudarles|ayudarte|ayudarlos|ayudarle|cubrirte|quedarme|presentarme|confirmar|quedarmelo"],
    "tomo": ["tomo|cubro|hago|trabajo|acepto|voy|quiero|agarro|cojo|confirmo|llego|quedo|tomare|cubrire|hare|trabajare|aceptare|ire|estare|asisto|asistire|vengo|llegare|cubriria|ayudo|apoyo|apunto|reservo"],
}

YES: list[str] = [
    "sí|claro|dale|va|acepto|confirmo|confirmado|voy|afirmativo|simon|sip|sipi|seguro|aceptado|obvio|efectivamente|cuento|aceptamos",
    "(sí|claro|dale|ok|va)*",
    "claro que si|sí",
    "por supuesto [que si|sí]",
    "desde luego [que si|sí]",
    "con [mucho|todo] gusto|placer",
    "con muchisimo gusto",
    "como no",
    "de|por acuerdo [con] <turno>",
    "sí|si|claro|ok yo|nosotros",
    "sí|si claro|dale|senor|senora|senorita|gracias|quiero|acepto|confirmo|seguro|obvio|por favor|voy|ok|va|perfecto|bueno",
    "ay|oh|pues|bueno|ah|eh sí|si|claro",
    "(cuenta|cuente|cuenten) conmigo [para] [<turno>] [<cuando>]",
    "pueden|puede|puedes contar conmigo [para] [<turno>] [<cuando>]",
    "[sí|claro] [yo] [sí] [lo|la|me|los|les|te] [lo|la|quedo] <tomo> [con|en|a|yo] [<turno>] [<cuando>] [yo]",
    "[sí|claro] [yo] [sí] [lo|la|me|los|les|te] puedo [<hacer>] [<turno>] [<cuando>] [con] [gusto]",
    "[sí|claro] [yo] [si|sí] puedo [<hacer>] [<turno>] [<cuando>]",
    "puedo con <turno>",
    "[sí] [me|lo|la] (gustaria|encantaria|encanta|interesa|gusta) [<hacer>] [<turno>] [<cuando>]",
    "me (apunto|anoto|sumo|animo|parece|funciona|sirve|queda|viene|va|conviene|acomoda|late) [bien|perfecto|genial|excelente|muy bien|de maravilla] [<turno>] [<cuando>]",
    "(apuntame|anotame|apunteme|anoteme|ponme|pongame|ponganme|anotenme|apuntenme|agendame|agendeme|inscribeme|registrame|reservamelo|asignamelo|damelo|demelo|asigneme|asigname|dejamelo|confirmame) [en|para|a|ahi|con] [<turno>] [<cuando>]",
    "(ahi|alli|alla) (estare|estoy|voy|nos vemos|llego|estaremos|te veo|los veo) [<cuando>]",
    "estare ahi|alli|alla [<cuando>]",
    "nos vemos ahi|alli|entonces|alla [<cuando>]",
    "nos vemos [el] @day",
    "es un si|sí|hecho|trato",
    "estoy|soy (adentro|dentro|dispuesta|dispuesto|lista|listo|encantada|encantado) [para|a] [<hacer>] [<turno>] [<cuando>]",
    "mio|mia",
    "es mio",
    "yo [mera|mero|misma|mismo]",
    "yo|nosotros lo|la <tomo> [<cuando>]",
    "adelante",
    "hagamoslo|reservalo|hazlo|hagalo|confirmalo|confirmelo|resevalo|apartalo|tomalo|reserve",
    "trato hecho",
    "sin problema|problemas|duda [alguna]",
    "no hay problema|bronca|pedo|inconveniente",
    "ningun problema",
    "a la orden",
    "cuenten con eso|ello",
    "estoy de acuerdo",
    "si [yo] (puedo|quiero|voy|acepto|confirmo|estoy|lo tomo|lo hago|lo cubro|me interesa|me gustaria|cuenta conmigo|por favor|claro|gracias|estare|podria2|cubro|tomo|trabajo|ahi|senor|senora|dale|como no|con gusto|esta bien|puede|como|de acuerdo) [<hacer>] [<turno>] [<cuando>]",
    "no tengo problema|problemas|inconveniente|inconvenientes|nada2 [con|en] [<hacer>] [<turno>]",
]
SI: list[str] = ["si"]

OK: list[str] = [
    "vale|bueno|listo|lista|perfecto|okey|bien|andale|orale|sale|hecho|genial|arre|sobres",
    "esta <muy> bien",
    "[yo] estoy (disponible|libre) [<cuando>]",
    "tengo [<momento>] (libre|disponible) [<cuando>]",
    "disponible [<cuando>]",
    "muy|todo bien",
    "sin problema",
    "sí|si [así] es",
    "vale vale|ok|perfecto|bien|listo",
]

PRAISE: list[str] = [
    "perfecto|genial|excelente|estupendo|fantastico|maravilloso|buenisimo|chevere|padre|magnifico|chido|fabuloso",
    "que bien|bueno|padre|genial|maravilla|chevere",
    "me parece (bien|perfecto|genial|excelente)",
    "suena (bien|perfecto|genial|excelente|muy bien)",
    "(necesito|quiero|necesitaba) (las|mas|las|el) (horas|dinero|trabajo|turnos)",
]

COURTESY: list[str] = [
    "gracias|porfa|porfis|porfavor|hola|amiga|amigo|senora|senor|senorita|jefa|jefe|saludos|buenas|buenos|adios2|jaja|mija|mijo|linda|hermosa|pues|entonces|y|oye|mil|corazon|carino|reina|bendiciones|licenciada|doctora|ay|querida",
    "por favor",
    "muchas|mil|muchisimas gracias [por <por>]",
    "gracias [a usted|ti|ustedes] [por <por>]",
    "buenos|buenas dias|tardes|noches|noche|dia",
    "buen dia",
    "(que) (tenga|tengas|tengan|pase|pases) (buen|un buen|buena|linda|bonito|excelente|lindo|bonita|feliz) (dia|tarde|noche|fin)",
    "dios (los|le|te|la|lo) bendiga",
    "muy amable|amables",
    "(perdon|disculpa|disculpe|perdona) [por] [la] [la demora|tardanza | hasta ahora | recien] [veo|vi] [el] [mensaje]",
    "(un) (saludo|abrazo|beso)",
    "igualmente",
    "lo|se agradezco",
    "te|le|les lo agradezco",
]
NAMES["por"] = ["la oportunidad|oferta|informacion|ayuda | el turno|mensaje|aviso | avisar|avisarme|escribir|pensar|todo|contactarme | tomarme en cuenta | pensar en mi"]

WAY: list[str] = [
    "(donde|adonde) [es|queda|esta|seria|voy|llego] [el|la] [turno|lugar|direccion|casa|paciente|edificio|facilidad|clinica] [?]",
    "(cual|que) (es|era|seria) (la|el|su) (direccion|codigo|lugar|numero|domicilio|ubicacion|clave|edificio|nombre) [de|del] [la] [puerta|entrada|porton|cliente|paciente|casa] [?]",
    "(me) (puede|puedes|pueden|podria|podrias|podrian) (mandar|enviar|dar|pasar|compartir|decir) [la|el|me] (direccion|ubicacion|codigo|domicilio|datos|lugar) [de|del] [la] [puerta|entrada|porton|cliente|paciente|casa|lugar] [por] [favor] [?]",
    "(puede|puedes|pueden|podria|podrias|podrian) (mandarme|enviarme|darme|pasarme|compartirme|decirme) [la|el] (direccion|ubicacion|codigo|domicilio|datos|lugar) [de|del] [la] [puerta|entrada|porton|cliente|paciente|casa] [por] [favor] [?]",
    "(mandame|enviame|mandeme|envieme|pasame|paseme|mandenme|dame|deme|digame|dime) (la|el|los) (direccion|ubicacion|codigo|domicilio|datos|lugar) [por favor]",
    "(a) que (hora) (llego|entro|empieza|empiezo|es|debo llegar|tengo que estar|comienza) [ahi|el turno] [?]",
    "(quien|cual) es (el|la|mi) (cliente|paciente|residente) [?]",
    "(la|que) (direccion|ubicacion) [?|por favor]",
    "con quien me (reporto|presento) [?]",
    "donde me (estaciono|reporto|presento|parqueo) [?]",
    "tengo que llevar algo [?]",
    "que (llevo|debo llevar) [?]",
]

NO: list[str] = [
    "no|nop|nel|negativo|paso|nones|nunca|tampoco|imposible|jamas",
    "no (puedo|voy|quiero|gracias|creo|podre|acepto|estoy|estare|trabajo|tengo|alcanzo|me|lo|gusta|va|deseo|ire|pienso|esta|hay|es|por|senor|senora|amiga|podria|llego|quisiera|disponible|cuenten|cuentes|se puede|se va|tampoco|tomo|hago|cubro|gracias|necesito|ahora|hoy|mañana|manana|esta|este|soy|muchas|mil)",
    "ni (a palos|de broma|loca|loco|modo|hablar|en pedo|por|muerta|muerto|en suenos|de chiste|de cona|pensarlo)",
    "para nada",
    "claro que no",
    "por supuesto que no",
    "desde luego que no",
    "de ninguna|ningun manera|modo",
    "(yo) paso",
    "otra vez sera",
    "para la proxima",
    "(la) proxima (vez|sera)",
    "(otro|en otro) (dia|momento)",
    "en otra ocasion",
    "(me) (es) imposible",
    "lo siento",
    "busca|busque|busquen a|otra (otra|otro|alguien|persona)",
    "sin interes",
    "rechazo|declino|rechazado",
    "que no",
    "no no",
    "nada de eso",
    "me niego",
]

BUSY: list[str] = [
    "(mi) (hijo|hija|hijos|nino|nina|bebe|mama|esposo|esposa|papa|marido|carro|coche|auto|familia|madre|padre|abuela|abuelo|ninos|ninera) (esta|estan|se|tiene|murio|no)",
    "(estoy|ando|sigo) (ocupada|ocupado|enferma|enfermo|cansada|cansado|trabajando|fuera|de|en|mala|malo|lejos|embarazada|resfriada|llena|lleno|mal|complicada|complicado|libre2)",
    "(tengo) (cita|escuela|clase|clases|otro|otra|planes|compromiso|trabajo|que|fiebre|covid|gripe|gripa|iglesia|mucho|una|un)",
    "ya (tengo|estoy|trabajo|hice|tome|quede|acepte) (otro|planes|ocupada|ocupado|compromiso|trabajando|otra|comprometida|comprometido|algo)",
    "no (tengo) (quien|carro|tiempo|ninera|transporte|coche)",
    "trabajo (ese|esa|hoy|en|todo|el|los)",
    "ocupada|ocupado|enferma|enfermo",
    "(es) mi (dia) (libre|descanso)",
    "de vacaciones|viaje",
]

CONDITION: list[str] = [
    "solo|solamente|unicamente|excepto|menos|depende|mientras|cuando|aunque2|salvo|hasta|siempre",
    "si (no|es|me|hay|pagan|puede|puedo te|nadie|consigo|encuentro|salgo|mi|la|el|lo|se|tengo|logro|alcanzo|llego|ustedes|ella)",
    "a menos|condicion|cambio que|de",
    "siempre y cuando",
    "siempre que",
    "con tal de|que",
    "en caso",
    "como respaldo|reserva|reemplazo|suplente|ultimo",
    "ultimo recurso",
    "puedo|podria (despues|antes|hasta|desde|a partir|tarde|empezar|salir|llegar|a las)",
    "despues|antes|desde de|las|del",
    "a partir de",
    "medio turno",
    "otro|otra dia|hora|turno|fecha",
    "mas tarde|temprano",
    "podria",
    "o",
]

DOUBT: list[str] = [
    "quizas|quiza|talvez|acaso|posiblemente|probablemente|capaz|supongo|creo|espero|ojala|dudo|intentare|tratare|igual|chance",
    "tal vez",
    "a lo mejor",
    "puede ser|que",
    "no (se|lo se|estoy segura|estoy seguro|sabria|recuerdo|entiendo|entendi)",
    "a ver [si]",
    "ya veremos|vere|veo|te digo|te aviso|les aviso|le aviso|les digo",
    "voy a ver|pensar|pensarlo|intentar|tratar|checar|revisar|preguntar|consultar",
    "segun",
    "mas o menos",
    "no creo que si",
    "y no",
    "pero|sino|aunque|bromas|broma|mentira|equivoque|equivocado",
]

LATER: list[str] = [
    "(te|les|le|os) (aviso|confirmo|digo|llamo|marco|escribo|respondo|contesto|cuento|informo) [luego|mas tarde|despues|manana]",
    "(dejame|dejeme|deja|dejenme|permiteme|permitame) (ver|checar|revisar|pensar|preguntar|pensarlo|consultar|confirmar|hablar|verificar|buscar|llamar)",
    "(tengo|necesito|debo) [que] (ver|checar|revisar|pensar|preguntar|pensarlo|consultar|confirmar|hablar|verificar|buscar)",
    "un (momento|segundo|minuto|rato|ratito)",
    "espera|espere|esperame|espereme|esperen|luego|despues",
    "(luego|despues|mas tarde) (te|les|le) (aviso|digo|confirmo|llamo)",
    "estoy (viendo|buscando|esperando|pensando|manejando|revisando)",
    "buscando ninera",
    "todavia|aun no",
]

CALL_OFF: list[str] = [
    "(cancelar|cancela|cancelo|cancele|cancelen|cancelacion|olvidalo|olvidelo|olvida|cancelalo|cancelame|cancelenme)",
    "(ya) no (puedo|voy|podre|quiero|lo|me interesa|estoy|ire) [ir|lo|hacerlo|trabajar|llegar|asistir|tomarlo|cubrir|cubrirlo|poder|disponible]",
    "no (voy a poder|puedo|podre) (ir|llegar|asistir|presentarme) (al turno|a mi turno|a trabajar|hoy|esta noche)",
    "(quitame|quiteme|sacame|saqueme|quitenme|borrame|borreme) (del|de) (turno|horario|el|ese|la)",
    "(alguien|quien) (puede|podria|me) (cubrir|cubrirme|cubre|cubra) (mi) [turno]",
    "(cubrir) (mi) turno",
    "(dije|acepte|habia|confirme) [que] (si|sí|dicho|aceptado)",
    "me reporto (enferma|enfermo)",
    "surgio algo|un|una",
]

LATE: list[str] = [
    "(llego|llegare|voy|voy a|estoy|vengo) [a|un] [llegar|poco|@num|@code] [poco|minutos|minutes] (tarde|retrasada|retrasado|atrasada|atrasado|tardando)",
    "(con) (retraso)",
    "(me) (retraso|atraso|tardo|demoro)",
    "(@num|@code) (minutos|min|minutes) tarde",
    "(hay|en|mucho) trafico",
]

OPT_OUT: list[str] = [
    "alto|parar|pare|paren|baja|basta|detener|desuscribir|desuscribirme|detenganse|desinscribir|cancelar suscripcion",
    "(no) (me) (manden|mandes|mande|envien|envies|envie|escriban|escribas|escriba|contacten|contactes|contacte|llamen|llames|molesten|molestes|moleste|textee|texteen|textees|mensajeen) [mas|mensajes|textos|de|nada|nunca] [mensajes|textos|mas]",
    "no (quiero|deseo) [recibir] [mas] (mensajes|textos|recibir|sus|mas mensajes|estos|que me)",
    "no mas (mensajes|textos|llamadas|sms|mensaje)",
    "(deja|deje|dejen|paren|para|pare) de (mandar|enviar|escribir|mandarme|enviarme|escribirme|textear|molestar|molestarme|contactarme|textearme|llamar|llamarme)",
    "(quiteme|quitame|quitenme|borreme|borrame|borrenme|saquenme|saqueme|sacame|eliminenme|elimineme) (de) (la|su|esta|tu) (lista)",
    "(darme|dar|denme|dame|deme) (de) baja",
    "(borre|borra|borren|elimine|eliminen|quiten|quite) (mi) (numero|telefono)",
    "ya no (me) (manden|escriban|envien|mandes|escribas|envies|manden)",
    "dejenme|dejame (en paz|tranquila|tranquilo)",
]

OPT_IN: list[str] = ["comenzar|empezar|alta|iniciar|reanudar|suscribir|suscribirme"]

HELP: list[str] = ["ayuda|ayudenme|ayudame|informacion", "(necesito|quiero) ayuda", "(quiero|puedo|necesito) hablar con (alguien|una|un)"]

WRONG: list[str] = [
    "numero (equivocado|incorrecto)",
    "(se|te|esta|estas) (equivoco|equivocaste|equivocaron|equivocado|equivocada) [de] [numero]",
    "no (soy) [yo] (esa|ella|el|la|enfermera|enfermero|@name)",
    "(esta|este) no es (su|el|la|mi)",
]

QUESTION: list[str] = [
    "quien|que|cuando|donde|cual|cuanto|cuanta|cuantas|cuantos|como|cuales|adonde|porque",
    "por que",
    "(hay|puedo|pueden|puede|tienen|tiene|es|son|esta)",
]
PRICE: list[str] = ["pagan|paga|pago|precio|salario|bono|sueldo|tarifa", "cuanto es|pagan|paga|seria|dan", "cuantas horas"]
