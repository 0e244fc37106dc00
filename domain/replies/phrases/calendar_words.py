"""Words for days, parts of a day, months and roles."""

_DAY_NAMES = """
monday mon mondays lunes lun mondy modnay monady mondat munday
tuesday tue tues tuesdays tuesdy teusday tusday tuseday martes mar tueday tueaday tuesdat tuesay thuesday tuesdsy tuesady tuedsay tuesdau tuesda tuessday tueseday
wednesday wed weds wednesdays wensday wendsday wednsday miercoles mier mie wednesda wenesday wednesay wedensday wednsdy
thursday thu thur thurs thursdays thrusday jueves jue thurday thursdy thusday thursda thurdsay
friday fri fridays firday viernes vie frday fridy fridat
saturday sat saturdays saterday sabado sab satruday saturdy satuday
sunday sun sundays domingo dom sundy sundat snuday
"""
DAYS = {name: day for day, line in enumerate(_DAY_NAMES.strip().splitlines()) for name in line.split()}
"""Names of weekdays, Monday is 0."""

_MONTH_NAMES = """
january jan enero ene
february feb febrero
march mar marzo
april apr abril abr
may mayo
june jun junio
july jul julio
august aug agosto ago
september sep sept septiembre setiembre
october oct octubre
november nov noviembre
december dec diciembre dic
"""
MONTHS = {
    name: month for month, line in enumerate(_MONTH_NAMES.strip().splitlines(), 1) for name in line.split()
}

PARTS = {
    "morning": (4, 11),
    "mornings": (4, 11),
    "am's": (4, 11),
    "days": (5, 14),
    "afternoon": (12, 17),
    "afternoons": (12, 17),
    "evening": (15, 21),
    "evenings": (15, 21),
    "eves": (15, 21),
    "night": (18, 27),
    "nights": (18, 27),
    "nite": (18, 27),
    "noc": (18, 27),
    "nocs": (18, 27),
    "overnight": (18, 27),
    "overnights": (18, 27),
    "tardes": (12, 19),
    "noche": (18, 27),
    "noches": (18, 27),
}
"""Parts of a day and the hours, first to last, in which a shift called so starts; 24 and more is after midnight."""

RELATIVE = {
    "today": 0,
    "tonight": 0,
    "hoy": 0,
    "tomorrow": 1,
    "manana": 1,
    "overmorrow": 2,
    "yesterday": -1,
    "ayer": -1,
}
"""Days told from the day of the message."""

WEEKEND = frozenset({"weekend", "weekends", "finde"})

ROLES = {
    "rn": "rn",
    "lpn": "lpn",
    "lvn": "lpn",
    "cna": "cna",
    "hha": "hha",
    "pca": "pca",
    "pct": "pct",
    "cma": "cma",
    "qma": "qma",
    "dsp": "dsp",
}
"""Roles by the letters people write."""
