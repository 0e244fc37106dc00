"""A sheet: rows as comma-separated text, as spreadsheets write it, with the names of its columns in the first line."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..text import tidy
from .dataset import BadData
from .rows import RawRow

COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "organizations": {
        "id": ("organization_id", "organization"),
        "name": (),
        "time_zone": ("timezone",),
        "country": (),
        "phones": ("phone", "numbers"),
        "on_call": ("oncall",),
    },
    "caregivers": {
        "id": ("caregiver_id", "employee_id"),
        "name": ("full_name", "caregiver"),
        "roles": ("role",),
        "phone": ("phone_number", "mobile", "cell", "cell_phone"),
        "organization_id": ("organization",),
        "language": (),
        "active": (),
        "distinct": (),
        "text_consent": ("sms_consent", "consent"),
        "voice_consent": ("call_consent",),
    },
    "shifts": {
        "id": ("shift_id",),
        "role_required": ("role",),
        "start_time": ("start", "starts"),
        "end_time": ("end", "ends"),
        "organization_id": ("organization",),
        "time_zone": ("timezone",),
        "area": (),
    },
}
"""The columns of each kind of sheet, and other names that they may have."""
TELLING = {"shifts": "start_time", "caregivers": "roles", "organizations": "time_zone"}
"""The column that says of which kind a sheet is."""
NEEDED = {
    "shifts": ("id", "role_required", "start_time", "end_time"),
    "caregivers": ("id", "name", "roles", "phone"),
    "organizations": ("id",),
}
"""The columns without which no row can be good."""
FAILED = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|ERROR!|####*)")
"""What a spreadsheet shows in place of what it could not reckon, or has no room for."""
CONSENTS = {"text_consent": "sms", "voice_consent": "voice"}
AGREED = "write yes or no, or how, when and in which words, as in form; 2030-07-14 07:00; I agree to texts"
SEVERAL = ("roles", "phones")
ON_CALL = re.compile(r"(?P<channel>\w+)[:\s]\s*(?P<to>.*?\S)(?:\s+wait\s+(?P<wait>\d{1,6}))?", re.IGNORECASE)
"""One who is on call: "sms +13125550199", "voice +13125550198 wait 600"."""
YES_OR_NO = {
    **dict.fromkeys(("true", "yes", "y", "1", "x", "si", "sí"), True),
    **dict.fromkeys(("false", "no", "n", "0"), False),
}
WESTERN = frozenset("áéíóúüñÁÉÍÓÚÜÑ¿¡àèìòùâêîôûäëïöçãõåøæßÀÈÌÒÙÂÊÎÔÛÄËÏÖÇÃÕÅØÆ–—‘’“”…€ºª°·\u00a0")
"""Letters that say that a file is in the code page of Windows for Western Europe, and no other one."""
DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet holds: the kind of its rows, the rows, what people should know of how it was read, and all of it as text."""

    kind: str
    rows: tuple[RawRow, ...]
    notes: tuple[str, ...]
    text: str


def read_sheet(content: bytes, source: str) -> Sheet:
    """Read a file that a spreadsheet saved as CSV. Raises `BadData` when it is none, or its columns are not known."""
    text, notes = decoded(content)
    lines = [f"{line}\n" for line in re.sub(r"\r\n?", "\n", text).split("\n")]
    skipped = 0
    if re.fullmatch(r"sep=.\n", lines[0]):
        skipped = 1
    while skipped < len(lines) - 1 and not lines[skipped].strip(" \n,;\t|"):
        skipped += 1
    delimiter = max(DELIMITERS, key=lambda one: len(_names(lines[skipped], one)))
    reader = csv.reader(lines[skipped:], delimiter=delimiter, strict=True)
    line = skipped + 1
    try:
        header = [_column(name) for name in next(reader)]
        kind, fields = _kind(header)
        rows: list[RawRow] = []
        line = reader.line_num + skipped + 1
        for cells in reader:
            # A row of nothing but blanks, dashes and the like parts others.
            if any(map(str.isalnum, "".join(cells))):
                data, wrong = _row(fields, cells)
                rows.append(RawRow(line, data, source, in_sheet=True, wrong=wrong))
            line = reader.line_num + skipped + 1
    except csv.Error as error:
        raise BadData(f"the row of line {line}: {error}; look at the quotation marks") from error
    unknown = [name for name, field in zip(header, fields, strict=True) if name and not field]
    if unknown:
        notes = (*notes, f"columns that are not known here were left out: {', '.join(unknown)}")
    missing = [" or ".join((name, *COLUMNS[kind][name])) for name in NEEDED[kind] if name not in fields]
    if missing:
        raise BadData(
            "; ".join([f"a sheet of {kind} needs a column {' and a column '.join(missing)}", *notes])
        )
    return Sheet(kind, tuple(rows), notes, text)


def decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Give a file as text, and what people should know of how it was read. Raises `BadData` when it is none."""
    if content.startswith(b"PK\x03\x04"):
        raise BadData('it is a workbook; save the sheet as "CSV UTF-8" and load that')
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
        if wide or any(not char.isascii() and char not in WESTERN for char in text):
            raise BadData('its letters cannot be told; save the sheet as "CSV UTF-8"') from None
        return text, ("its letters were read by the Windows code page 1252; look at names with accents",)
    if "\0" in text:
        raise BadData('it is no text; save the sheet as "CSV UTF-8"')
    if not text.strip():
        raise BadData("there is nothing in it")
    meant = _encoded_once(text)
    if meant is not None:
        return meant, (
            "its letters were encoded twice, and are read as they were before; look at names with accents",
        )
    return text, ()


def _encoded_once(text: str) -> str | None:
    """Read "JosÃ©" as "José"; None where that is not certain of every letter."""
    if text.isascii():
        return None
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None


def _names(line: str, delimiter: str) -> list[str]:
    known = {name for columns in COLUMNS.values() for one in columns.items() for name in (one[0], *one[1])}
    return [name for name in line.split(delimiter) if _column(name.strip().strip('"')) in known]


def _column(name: str) -> str:
    return re.sub(r"[\W_]+", "_", tidy(name).casefold().replace("(s)", "s")).strip("_")


def _kind(header: list[str]) -> tuple[str, list[str]]:
    """Give the kind of the sheet, and the field of each column; "" for one that is not known."""
    for kind, telling in TELLING.items():
        names = {other: field for field, others in COLUMNS[kind].items() for other in (field, *others)}
        fields = [names.get(name, "") for name in header]
        if telling in fields:
            twice = {field for field in fields if field and fields.count(field) > 1}
            if twice:
                raise BadData(f"two columns are {', '.join(sorted(twice))}; leave one of them")
            return kind, fields
    named = "; ".join(f"{kind}: {', '.join(columns)}" for kind, columns in COLUMNS.items())
    raise BadData(f"the first line does not name the columns. They are, of {named}")


def _row(fields: list[str], cells: list[str]) -> tuple[dict[str, object], dict[str, str]]:
    data: dict[str, object] = {}
    wrong: dict[str, str] = {}
    if any(cell.strip() for cell in cells[len(fields) :]):
        wrong["row"] = (
            "it has more cells than there are columns; put what holds a comma between quotation marks"
        )
    for field, cell in zip(fields, cells, strict=False):
        # A mark that kept a spreadsheet from reckoning what is text.
        text = re.sub(r"^'(?='*[=+\-@\t\r])", "", cell.strip())
        if not field or not text:
            continue
        if FAILED.fullmatch(text):
            wrong[field] = "the spreadsheet could not reckon this; write what it should say"
        elif field in SEVERAL:
            # A list that ends in two semicolons says that nothing else parts it.
            between = r";" if text.endswith(";;") else r"[;,/|]"
            data[field] = [part.strip() for part in re.split(between, text) if part.strip()]
        elif field == "on_call":
            found = [ON_CALL.fullmatch(part.strip()) for part in text.split(";") if part.strip()]
            if all(found):
                data[field] = [_contact(one) for one in found if one]
            else:
                wrong[field] = (
                    "write channel and address, as in sms +13125550199; voice +13125550198 wait 600"
                )
        elif field in CONSENTS:
            consents = data.setdefault("consents", [])
            assert isinstance(consents, list)
            consents.append({"channel": CONSENTS[field], **_consent(text)})
        elif field in ("active", "distinct"):
            data[field] = YES_OR_NO.get(text.casefold(), text)
            if isinstance(data[field], str):
                wrong[field] = "write yes or no"
        else:
            data[field] = text.lower() if field == "language" else text
    return data, wrong


def _consent(text: str) -> dict[str, object]:
    """Read "yes", "no", "form; 2030-07-14 07:00; I agree to texts", and "no; spoken; 2030-07-14 07:00; no more, please"."""
    first, _, rest = (part.strip() for part in text.partition(";"))
    said = YES_OR_NO.get(first.casefold())
    parts = [part.strip() for part in (text if said is None else rest).split(";", 2)]
    named = dict(zip(("how", "given_at", "words"), parts, strict=False))
    named["how"] = named["how"].casefold()
    return {"gives": said is not False, **{name: part for name, part in named.items() if part}}


def _contact(found: re.Match[str]) -> dict[str, object]:
    wait = {} if found["wait"] is None else {"wait": int(found["wait"])}
    return {"channel": found["channel"].lower(), "to": found["to"], **wait}
