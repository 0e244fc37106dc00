"""Spanish: no, the reasons for one, and all that is neither a yes nor a no."""

NO: list[str] = [
    "dele|deselo|denle|daselo|dale [el|ese] [turno] a otra|otro|alguien|@name [persona|mas]",
    "que vaya|venga otra|otro",
    "que lo haga|tome|cubra|agarre otra|otro|alguien [persona|mas]",
    "ni pagandome|pagada|pagado|regalado [el] [doble]",
    "no se va a|puede poder",
    "no hay nadie|quien que|para|me",
    "que va",
    "no|nada|nop|nel|negativo|paso|nones|nunca|tampoco|imposible|jamas|nanai|nah|nopo",
    "[no|nope|nah|ay|uy] no [<clitico>] puedo|voy|quiero|podre",
    "[yo] no <clitico> <hago>",
    "[yo] no [<clitico>] [<clitico>] puedo|voy|quiero|creo|podre|acepto|estoy|estare|trabajo|alcanzo|gusta|deseo|ire|pienso|podria|llego|quisiera|tomo|hago|cubro|necesito|interesa|conviene|queda|sirve|funciona|acomoda|parece|viene|vendre|gustaria|tengo|tomare|hare [a] [<hacer>] [poder] [<turno>] <cuandos>",
    "[yo] no voy a poder|ir|trabajar|tomarlo|hacerlo|cubrirlo|aceptar [<hacer>]",
    "no gracias|senor|senora|amiga|disponible|muchas|mil|necesariamente|cuenten|cuentes|cuente|esta|por|hoy|ahora|puede|hay [vez] [gracias] [conmigo] [ahora] [manera|forma|modo]",
    "hoy|ahora|manana|ahorita|este|ese|esta|@day no [dia|vez]",
    "esta|en|por esta|ahora vez|ocasion|no [no]",
    "ni a palos|balazos|tiros|patadas",
    "ni chance|hablar|pensarlo|soñarlo|sonarlo|aunque",
    "ni por asomo|chiste|pienso",
    "ni de broma|chiste|cona|vaina",
    "ni loca|loco|modo|hablar|muerta|muerto|pensarlo|madres|maiz",
    "ni en pedo|suenos|broma",
    "ni por nada|error",
    "para|pa nada",
    "claro que no",
    "por supuesto que no",
    "desde luego que no",
    "[en|de] ninguna|ningun manera|modo|caso|forma",
    "otra vez sera",
    "[para|en] la proxima [vez] [sera]",
    "[para] [otro|en] otro|otra dia|momento|ocasion|vez",
    "[me] es|sera imposible",
    "[lo] siento [mucho]",
    "mejor [a] otra|otro persona|companera|enfermera",
    "busca|busque|busquen|llame|llama|pregunte|preguntale a|otra|alguien [otra|otro|alguien] [persona|mas]",
    "sin interes",
    "rechazo|declino|rechazado|rechazar",
    "que no",
    "nada de eso",
    "me niego",
    "[por] desgracia|desafortunadamente|lamentablemente|tristemente|lastimosamente no",
    "creo que no",
    "mejor no",
    "prefiero no",
    "es un no",
    "mi respuesta es no",
    "no me es posible",
]

BUSY: list[str] = [
    "[me] queda|esta [muy] retirado|retirada|distante",
    "[esta|toda] [la] semana descanso",
    "[ya] pedi el|ese|mi|esa|vacaciones|permiso [dia|semana] [libre]",
    "ya pedi",
    "[ese|el|los] dia|@day yo|me [no] viajo|cuido|estudio|trabajo|voy|descanso [a|al|con|en]",
    "[ese|el|los] dia|@day viajo|cuido|estudio|descanso|voy al|a doctor|mi|la|iglesia",
    "ese dia viajo|estudio|cuido",
    "[@day] cuido|estudio a|en",
    "@day estudio|viajo",
    "ya estoy apartada|apartado|comprometida|ocupada",
    "ya agarre|quede|tengo en|quien otro|me [lado|ocupe]",
    "estoy tomando vacaciones|clases|unos|un",
    "[estoy|ando] sin carro|coche|transporte|ninera",
    "no traigo carro|coche",
    "se descompuso|poncho|rompio mi|el|la",
    "mi hijo|hija|nino|nina sale|tiene|entra|esta|anda",
    "amaneci mala|malo|enferma|enfermo",
    "[casi|apenas] no dormi [nada]",
    "estoy|ando|sigo fuera hasta",
    "estoy|ando recien operada|operado|parida|aliviada",
    "ya trabaje|hice|tengo muchas|demasiadas|mis [horas]",
    "ya quede en|con|de",
    "estoy|ando|sigo en cama|otra|otro|el|mexico [ciudad|estado|pais|trabajo|lado]",
    "se murio|enfermo|lastimo|accidento mi",
    "estoy|ando|sigo de luto|parto|reposo",
    "se me descompuso|poncho|rompio|dano|murio|enfermo el|la|mi",
    "me queda [muy|demasiado|super|bien] lejos",
    "estoy|ando|sigo full|descansando|recuperandome|estudiando|viajando|cuidando",
    "estoy|ando|sigo hasta el|la tope|cuello|madre|coronilla",
    "estoy|ando|sigo con gripe|gripa|fiebre|covid|tos|dolor|migrana|mi|otro|otra|un|una|mis [hijo|hija|mama|familia|paciente|hijos|cliente|nieto|nieta]",
    "me operan|operaron|lastime|enferme|opero|fracture|accidente|mudo|caso",
    "me van a operar",
    "me quede sin carro|ninera|transporte|luz|gasolina|coche",
    "me toca trabajar|descansar|cuidar|guardia|turno|ir|llevar|clase|clases",
    "ya me comprometi",
    "ya agarre|tome|tengo|hice|complete|cumpli|acepte otro|otra|mis|muchas|demasiadas|todas [turno|horas|trabajo|40]",
    "[yo] viajo|salgo @day|ese|esa|manana|de|el|fuera [dia|viaje|vacaciones]",
    "demasiado|muy temprano|lejos|tarde|cansada|cansado|pesado",
    "[esta|queda|es|vivo] muy|demasiado lejos [para] [mi]",
    "vivo lejos",
    "[muy] poco tiempo [para] [avisar]",
    "no tengo [a] [con] quien|nadie",
    "[es] [que] mi|mis hijo|hija|hijos|nino|nina|ninos|bebe|mama|esposo|esposa|papa|marido|carro|coche|auto|familia|madre|padre|abuela|abuelo|ninera|hermana|hermano|suegra esta|estan|se|tiene|tienen|murio|no",
    "[ya|yo] estoy|ando|sigo|estare [muy|bien|super|un|ya] [poco] ocupada|ocupado|enferma|enfermo|cansada|cansado|trabajando|fuera|mala|malo|lejos|embarazada|resfriada|llena|lleno|mal|complicada|complicado|indispuesta|agotada|agotado|incapacitada|comprometida|comprometido",
    "[ya|yo] estoy|ando|sigo|estare de viaje|vacaciones|turno|guardia|descanso|permiso",
    "[ya|yo] estoy|ando|sigo|estare en otro|clases|clase|el|la|mi [hospital|trabajo|escuela|turno|casa|doctor]",
    "[ya|yo] tengo [una|un|otro|otra|mucho|mucha|que|doctor] [cita|otro|otra] [medica|con|de|que] [cita|trabajo|turno|compromiso|evento|boda|escuela|clase|clases|planes|fiebre|covid|gripe|gripa|iglesia|compromisos|cuidar|llevar|ir|reunion|viaje|funeral|examen|emergencia]",
    "ya tengo|trabajo|hice|tome|quede|acepte otro|planes|otra|algo [turno|trabajo]",
    "no tengo quien|carro|tiempo|ninera|transporte|coche|con|como",
    "[yo|ya] trabajo [ese|esa|hoy|en|todo|el|los|de|@day|@part] [dia|otro|noche]",
    "ocupada|ocupado|enferma|enfermo|trabajando|cansada",
    "es mi [dia] [libre|de] descanso|libre",
    "[sorry] estoy working",
    "[estoy|ando] de vacaciones|viaje",
    "fuera de [la] ciudad|pais|estado",
    "muy lejos|temprano|tarde|cansada",
    "emergencia familiar",
    "me siento mal|enferma|enfermo",
    "me queda lejos",
    "me duele",
]

CONDITION: list[str] = [
    "puede|puedo|podria|seria [ser] otro|otra dia|hora|turno",
    "nada|no mas",
    "solo|solamente|unicamente|excepto|depende|mientras|salvo|hasta|siempre|menos|condicion",
    "si [no] es|me|hay|pagan|nadie|consigo|encuentro|encuentran|salgo|mi|la|el|lo|se|tengo|logro|alcanzo|llego|ustedes|ella|aun|todavia|necesitan|hace|hubiera|fuera",
    "si puedo te|le|les",
    "a menos que",
    "a|con condicion|cambio|tal de|que",
    "en caso",
    "como respaldo|reserva|reemplazo|suplente|ultimo|ultima [recurso]",
    "ultimo recurso",
    "puedo|podria despues|antes|hasta|desde|tarde|empezar|salir|llegar [de|a|las]",
    "despues|antes|desde|hasta de|las|del|que|la",
    "a partir de",
    "medio turno",
    "otro|otra dia|hora|turno|fecha",
    "mas tarde|temprano",
    "podria|o|cuando",
    "me pagan|dan|pagas",
]

BESIDES: list[str] = [
    "si me dan|pagan|llevan|traen|recogen|ayudan|esperan|dejan|avisan|mandan|necesitan|alcanza|toca|da|paga",
]

UNKNOWING: list[str] = [
    "tal vez no",
    "quiza|quizas|capaz no",
    "a lo mejor no",
    "no me llego|llega|aparece|sale|deja|carga",
    "[ahora|ahorita|momento|hoy|disculpa|disculpe] [yo] no [te|le|me] puedo|pude|podia hablar|hablarte|hablarle|platicar|contestar|contestarte|contestarle|atender|atenderte|atenderle|responder|responderte [ahora|ahorita]",
    "[me] no [<clitico>] puedo|pude|podia|logro|logre|alcance [a] marcar|marcarlo|checar|ponchar|fichar|abrir|ver|encontrar|conectar|conectarme|registrar|registrarme|acceder|mandar|enviar|recibir|descargar|estacionar [la|el|mi|a|al|salida|entrada]",
    "no [<clitico>] puedo|pude|podia entrar|meterme a|al|en la|el|sistema app|aplicacion|sistema|pagina|edificio",
    "no hay|habia nadie|luz|@name|agua|gas|internet|wifi|senal|llave|llaves|codigo|timbre|sistema|relevo|elevador|estacionamiento|respuesta|enfermera|supervisora|supervisor|encargada|encargado",
    "no [<clitico>] contesta|contestan|responde|responden|atiende|atienden|abre|abren [nadie]",
    "no [me] deja|dejan entrar|pasar",
    "no digo que no",
    "no era|fue|fui|estaba|pude|pudimos|encuentro|encontre|abre|abren|carga|recibi|vi|marque|cheque|ponche|logre|deja|entra|aparece|prende|conecta",
    "[la|el] app|aplicacion|sistema|telefono|celular|codigo|puerta|link|enlace|pagina no [me] funciona|sirve|abre|deja|carga|jala|prende",
    "no [lo] se [si|que|todavia|aun]",
    "no estoy [muy|tan] segura|seguro|cierta|cierto",
    "no sabria|recuerdo|entiendo|entendi|comprendo|decido",
    "quien sabe",
    "sí|si y no",
    "indecisa|indeciso|insegura|inseguro",
    "no puedo decir|decirte|decirle|prometer|asegurar|confirmar|confirmarte|saber",
    "ni idea",
    "no tengo [ni] idea",
]
DOUBT: list[str] = [
    "no [me] importa",
    "quizas|quiza|talvez|acaso|posiblemente|probablemente|capaz|supongo|creo|espero|ojala|dudo|intentare|tratare|chance|igual",
    "tal vez",
    "a lo mejor",
    "puede ser|que",
    "[vamos] a ver [si]",
    "ya veremos|vere",
    "voy a ver|pensar|pensarlo|intentar|tratar|checar|revisar|preguntar|consultar",
    "segun|sino|aunque|bromas|broma|mentira|equivoque",
    "mas o menos",
    "es posible",
]

LATER: list[str] = [
    "te|les|le|os [lo] aviso|confirmo|digo|llamo|marco|escribo|respondo|contesto|cuento|informo|mando [luego|despues|manana] [mas] [tarde]",
    "dejame|dejeme|deja|dejenme|permiteme|permitame ver|checar|revisar|pensar|preguntar|pensarlo|consultar|confirmar|hablar|verificar|buscar|llamar|preguntarle",
    "tengo|necesito|debo [que] ver|checar|revisar|pensar|preguntar|pensarlo|consultar|confirmar|hablar|verificar|buscar",
    "[dame|deme|espera|espere] un momento|segundo|minuto|rato|ratito|momentito",
    "espera|espere|esperame|espereme|esperen|luego|despues|ahorita|orita",
    "estoy viendo|buscando|esperando|pensando|manejando|revisando",
    "buscando [una] ninera",
    "todavia|aun no",
    "mas tarde",
]
ELSEWHERE: list[str] = [
    "sí|si soy|trabaje|fui|era|fue|estuve|hice|llegue",
    "ya dije|te|le|les|confirme|acepte|respondi|conteste [dije] [que] [si]",
    "dijo|dicen|dije|dijeron",
    "entendido|recibido|enterada|enterado",
]

CALL_OFF: list[str] = [
    "cancelar|cancelo|cancele|cancelen|cancelacion|olvidalo|olvidelo|olvida|cancelalo|cancelame|cancelenme|cancelarlo|cancela",
    "ya no puedo|voy|podre|quiero|interesa|estoy|ire|podria",
    "ya no <clitico> quiero|puedo|voy|interesa|tomo|hago",
    "no voy a poder llegar|asistir|presentarme|ir a",
    "no puedo|podre ir|llegar|asistir|presentarme al|a|hoy [mi] [turno|trabajar]",
    "quitame|quiteme|sacame|saqueme|quitenme|saquenme|borrame|borreme|bajame|bajeme del|de [el|la|ese|este|mi] turno|horario|agenda|@day",
    "alguien|quien [me] puede|podria|cubre|cubra|cubrir [cubrir|cubrirme] [mi] [turno]",
    "cubrir|cubra|cubran mi turno",
    "dije|acepte|habia|confirme [dicho|aceptado] que|pero|el [si|sí|ya|turno] [pero]",
    "me reporto enferma|enfermo",
    "surgio|salio algo|un|una",
    "cambie|cambio de opinion",
    "me arrepiento|arrepenti",
]

LATE: list[str] = [
    "no voy a llegar a tiempo",
    "no llego|llegare a tiempo",
    "voy|llego|llegare|vengo|estoy|ando|llegando|viene [a] [llegar] [un] [poco|@num|@code] [minutos] tarde|retrasada|retrasado|atrasada|atrasado",
    "retrasada|retrasado|atrasada|atrasado",
    "voy|llego con retraso",
    "me retraso|atraso|tardo|demoro [un|@num|@code]",
    "[llego|estoy] en @num|@code minutos",
    "trafico",
]

OPT_OUT_ALONE: list[str] = [
    "alto|parar|pare|paren|baja|basta|detener|desuscribir|detenganse|desinscribir|fin|cancelar suscripcion",
    "alto|parar|pare|paren|baja|basta|detener|desuscribir|fin",
]

OPT_OUT: list[str] = [
    "desuscribirme|desuscribanme|desinscribirme|desinscribanme",
    "[ya] no [me|nos] manden|mandes|mande|envien|envies|envie|escriban|escribas|escriba|contacten|contactes|contacte|molesten|molestes|moleste|texteen|textees|textee|mensajeen|mensajees [mas|mensajes|textos|nada|nunca]",
    "[ya] no me llamen|llames|llame [mas] ni",
    "ya no me llamen|llames|llame [mas]",
    "no me llamen|llames|llame mas|nunca",
    "no quiero|deseo [recibir] [mas|sus|estos|tus] [mas] mensajes|textos",
    "no quiero|deseo recibir",
    "no quiero que me escriban|manden|contacten|llamen|texteen",
    "no mas mensajes|textos|llamadas|sms|mensaje|notificaciones|avisos",
    "deja|deje|dejen|paren|para|pare|parar de mandar|enviar|escribir|mandarme|enviarme|escribirme|textear|molestar|molestarme|contactarme|textearme|llamar|llamarme",
    "quiteme|quitame|quitenme|borreme|borrame|borrenme|saquenme|saqueme|sacame|eliminenme|elimineme|eliminame de [la|su|esta|tu|sus] lista|listas|contactos|base|grupo",
    "[quiero] darme|dar de baja",
    "borre|borra|borren|elimine|eliminen|quiten|quite|elimina mi numero|telefono|contacto",
    "dejenme|dejame|dejeme en paz",
    "cancelar suscripcion|mensajes",
]

NAMES: dict[str, list[str]] = {
    "no_llame": [
        "[por] [favor] no me llame|llames|llamen|marque|marques|marquen [por] [favor|telefono]",
        "[por] [favor] no llame|llames|llamen|llamar|marque|marques|marquen|marcar [por] [favor|telefono]",
        "[no] [quiero] sin|no|ninguna llamadas|llamada",
        "no [quiero|me|deseo|contesto|puedo] [gustan|recibir|contestar] [las] llamadas",
    ],
    "escriba": [
        "[pero] [prefiero|mejor|solo|nomas|mandeme|mandame|mandenme|envieme|enviame|por|un|una|es|con|basta|quiero] [un|por|solo|con] mensaje|mensajes|texto|textos|sms|mensajito [esta|estan|es|mejor|nomas|solamente|por] [bien|mejor|favor|de|texto]",
        "[pero] [mejor|solo|nomas|puede|pueden] escribame|escribeme|escribanme|texteeme|texteame|texteenme|textea|textee|escribirme|mensajee|mensajeeme [mejor|nomas]",
    ],
}

TAKE_OFF: list[str] = [
    "quitame|quiteme|quitenme|sacame|saqueme|saquenme|borrame|borreme|borrenme|eliminame|elimineme|eliminenme",
    "denme|dame|deme de baja",
]

KEEP: list[str] = [
    "no dejen|dejes|deje|paren|pare|pares de mandar|enviar|escribir|mandarme|enviarme|escribirme|textear|textearme|contactarme|avisarme [mensajes|textos|turnos|avisos]",
    "no [me] paren|pare|pares [de] [los|sus|con] [mensajes|textos|turnos|avisos]",
    "no quise|queria|quiero parar|cancelar|dejar [de] [los|sus|mandarme|enviarme|recibir|mandar] [mensajes|textos|turnos|avisos]",
    "no quise|queria|quiero que pare|paren|dejen|deje [de] [los|sus|mandarme|enviarme|mandar|escribirme] [mensajes|textos|turnos|avisos]",
    "sigan|sigue|siga mandando|mandandome|escribiendo|escribiendome|enviando|enviandome|avisandome|avisando [mensajes|textos|turnos|avisos]",
    "no me quiten|quite|quites|saquen|saque|saques|borren|borre|borres|eliminen|elimine de|del|la|su [la|su] [lista|grupo]",
    "no me den|des|de de baja",
    "no quiero darme|estar de baja",
]

NO_CALLS: list[str] = [
    "<no_llame>",
    "<no_llame> <escriba>",
    "<escriba> [pero|y] <no_llame>",
    "solo|solamente|nomas|unicamente [por] mensaje|mensajes|texto|textos [por] [favor]",
    "prefiero [por] [los] mensaje|mensajes|texto|textos [que|a] [las] [llamada|llamadas]",
]

CALL_ME: list[str] = [
    "llamame|llameme|llamenme|marcame|marqueme|marquenme|hablame|hableme [por] [favor|telefono]",
    "me puede|puedes|pueden|podria|podrias llamar|marcar|hablar",
    "puede|puedes|pueden|podria|podrias llamarme|marcarme|hablarme",
    "quiero|puedo|necesito|quisiera hablar con",
    "[una] persona real",
    "que me llame|llamen|llames",
]

OPT_IN: list[str] = ["comenzar|empezar|alta|iniciar|reanudar|suscribir|suscribirme"]

HELP: list[str] = [
    "ayuda|ayudenme|ayudame|informacion",
    "necesito|quiero ayuda",
]

WRONG: list[str] = [
    "numero equivocado|incorrecto",
    "se|te equivoco|equivocaste|equivocaron|equivocado [de] [numero]",
    "esta|estas|estan equivocado|equivocada|equivocados",
    "no soy [yo] esa|ella|el|la|enfermera|enfermero|@name|@role",
    "este|esta no es su|el|la|mi [numero|telefono]",
    "ya no trabajo ahi|alli|con|para|aqui",
]

QUESTION: list[str] = [
    "que paso|pasa|sucede|sucedio|hubo",
    "quien|que|cual|cuanto|cuanta|cuantas|cuantos|como|cuales|adonde|porque|donde|cuando",
    "por que",
    "hay|puedo|pueden|puede|tienen|tiene|son|todavia|aun ?|entrar|disponible|algo|esta",
]
PRICE: list[str] = [
    "pagan|paga|pago|precio|salario|bono|sueldo|tarifa|pagarian",
    "cuanto es|pagan|paga|seria|dan",
    "cuantas horas|pacientes",
    "puedo entrar|empezar|salir|llegar|ir",
]
