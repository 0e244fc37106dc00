"""The tables, as SQLAlchemy knows them: for lists, and for migrations to be checked against.

Instants are integers (microseconds, UTC); a shift's own times are kept a second time as text, with the offset they
were posted with. Keys are integers that grow: a random key makes a big table slow. A shift's key is its stream's.
"""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, MetaData, Table, Text, text
from sqlalchemy.types import TypeEngine

METADATA = MetaData()

# SQLite makes a column its row id only when the type is spelled INTEGER.
Key: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")

STREAMS = Table(
    "streams",
    METADATA,
    Column("id", Key, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    sqlite_autoincrement=True,
)

EVENTS = Table(
    "events",
    METADATA,
    Column("id", Key, primary_key=True),
    Column("stream", Key, nullable=False),
    Column("version", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("schema", Integer, nullable=False),
    Column("at", Key, nullable=False),
    Column("data", Text, nullable=False),
    # Not the key: rows are added at the end, where there is room, and only this small index is written all over.
    Index("events_once", "stream", "version", unique=True),
)

SHIFTS = Table(
    "shifts",
    METADATA,
    Column("key", Key, primary_key=True, autoincrement=False),
    Column("shift_id", Text, nullable=False, unique=True),
    Column("organization_id", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("role_key", Text, nullable=False),
    Column("start_time", Text, nullable=False),
    Column("end_time", Text, nullable=False),
    Column("starts", Key, nullable=False),
    Column("ends", Key, nullable=False),
    Column("time_zone", Text),
    Column("area", Text),
    Column("rounds", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("fanout", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("next_deadline", Key),
    Column("claimed_by", Text),
    Index("shifts_by_status", "status"),
    Index("shifts_by_organization", "organization_id"),
)

FANOUTS = Table(
    "fanouts",
    METADATA,
    Column("shift", Key, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),
    Column("started_at", Key, nullable=False),
    Column("zone", Text),
    Column("open_until", Key, nullable=False),
    Column("closed_at", Key),
    Column("outcome", Text),
    sqlite_with_rowid=False,
)

OFFERS = Table(
    "offers",
    METADATA,
    Column("id", Key, primary_key=True),
    Column("shift", Key, nullable=False),
    Column("fanout", Integer, nullable=False),
    Column("caregiver_id", Text, nullable=False),
    Column("contact_id", Key, nullable=False),
    Column("code", Text, nullable=False),
    Column("open_until", Key, nullable=False),
    Column("declined_at", Key),
    Column("told_at", Key),
    Index("offers_of_fanout", "shift", "fanout", "caregiver_id", unique=True),
    Index("offers_of_contact", "contact_id", "open_until"),
    Index("offers_of_caregiver", "caregiver_id", "open_until"),
)

CLAIMS = Table(
    "claims",
    METADATA,
    Column("id", Key, primary_key=True),
    Column("shift", Key, nullable=False),
    Column("fanout", Integer, nullable=False),
    Column("caregiver_id", Text, nullable=False),
    Column("starts", Key, nullable=False),
    Column("ends", Key, nullable=False),
    Column("claimed_at", Key, nullable=False),
    Column("override", Text),
    Column("released_at", Key),
    Index(
        "claims_one_a_shift",
        "shift",
        unique=True,
        sqlite_where=text("released_at IS NULL"),
        postgresql_where=text("released_at IS NULL"),
    ),
    Index(
        "claims_of_caregiver",
        "caregiver_id",
        "ends",
        sqlite_where=text("released_at IS NULL"),
        postgresql_where=text("released_at IS NULL"),
    ),
    Index(
        "claims_given_back",
        "shift",
        "caregiver_id",
        sqlite_where=text("released_at IS NOT NULL"),
        postgresql_where=text("released_at IS NOT NULL"),
    ),
)

ORGANIZATIONS = Table(
    "organizations",
    METADATA,
    Column("key", Key, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("name", Text),
    Column("time_zone", Text),
    Column("country", Text, nullable=False),
    Column("phones", Text, nullable=False),
    Column("rounds", Text),
)

ORGANIZATION_PHONES = Table(
    "organization_phones",
    METADATA,
    Column("phone", Text, primary_key=True),
    Column("organization_id", Text, nullable=False),
    Index("phones_of_organization", "organization_id"),
)

CAREGIVERS = Table(
    "caregivers",
    METADATA,
    Column("key", Key, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("organization_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    # `roles` has those of all ids of the person; `own_roles` those saved under the person's own.
    Column("roles", Text, nullable=False),
    Column("own_roles", Text, nullable=False),
    Column("role_keys", Text, nullable=False),
    Column("contact_id", Key, nullable=False),
    Column("language", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("is_distinct", Boolean, nullable=False),
    Index("caregivers_of_contact", "contact_id"),
    Index("caregivers_of_organization", "organization_id", "id"),
)

CAREGIVER_ALIASES = Table(
    "caregiver_aliases",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("caregiver", Key, nullable=False),
    Column("roles", Text, nullable=False),
    Index("aliases_of_caregiver", "caregiver"),
    sqlite_with_rowid=False,
)

CAREGIVER_ROLES = Table(
    "caregiver_roles",
    METADATA,
    Column("organization_id", Text, primary_key=True),
    Column("role_key", Text, primary_key=True),
    Column("caregiver", Key, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

CONTACTS = Table(
    "contacts",
    METADATA,
    Column("id", Key, primary_key=True),
    Column("phone", Text, nullable=False, unique=True),
    Column("question", Text),
    Column("last_code", Text),
    Column("doubted_at", Key),
    Column("no_calls_at", Key),
    sqlite_autoincrement=True,
)

OPT_OUTS = Table(
    "opt_outs",
    METADATA,
    Column("contact_id", Key, primary_key=True, autoincrement=False),
    Column("organization_id", Text, primary_key=True),
    Column("at", Key, nullable=False),
    sqlite_with_rowid=False,
)

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("seq", Key, primary_key=True),
    Column("stream", Key, nullable=False),
    Column("cause", Key, nullable=False),
    Column("contact_id", Key, nullable=False),
    Column("caregiver_id", Text, nullable=False),
    Column("organization_id", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("shift", Key),
    Column("fanout", Integer),
    Column("round", Integer),
    Column("priority", Integer, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("created_at", Key, nullable=False),
    Column("due_at", Key, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("carrier_id", Text),
    Column("error", Text),
    Column("opens", Text, nullable=False, server_default="[]"),
    # Once by cause, recipient and purpose. Offers are many and looked up by caregiver; the others by what caused them.
    Index(
        "outbox_offers_once",
        "stream",
        "caregiver_id",
        "cause",
        unique=True,
        sqlite_where=text("purpose = 'offer'"),
        postgresql_where=text("purpose = 'offer'"),
    ),
    Index(
        "outbox_others_once",
        "stream",
        "cause",
        "contact_id",
        "caregiver_id",
        "purpose",
        unique=True,
        sqlite_where=text("purpose <> 'offer'"),
        postgresql_where=text("purpose <> 'offer'"),
    ),
    Index("outbox_of_contact", "contact_id"),
    Index(
        "outbox_planned",
        "channel",
        "priority",
        "due_at",
        "turn",
        "seq",
        sqlite_where=text("state = 'planned'"),
        postgresql_where=text("state = 'planned'"),
    ),
    # What others about the same shift to the same phone wait behind.
    Index(
        "outbox_unsettled",
        "contact_id",
        "shift",
        sqlite_where=text("state IN ('sending', 'unknown') OR (state = 'planned' AND purpose <> 'offer')"),
        postgresql_where=text(
            "state IN ('sending', 'unknown') OR (state = 'planned' AND purpose <> 'offer')"
        ),
    ),
    Index(
        "outbox_sending",
        "channel",
        sqlite_where=text("state = 'sending'"),
        postgresql_where=text("state = 'sending'"),
    ),
    Index(
        "outbox_unknown",
        "channel",
        sqlite_where=text("state = 'unknown'"),
        postgresql_where=text("state = 'unknown'"),
    ),
    sqlite_autoincrement=True,
)

INBOX = Table(
    "inbox",
    METADATA,
    Column("id", Key, primary_key=True),
    Column("message_id", Text, nullable=False),
    Column("contact_id", Key, nullable=False),
    Column("caregiver_id", Text),
    Column("digest", Text, nullable=False),
    Column("to_phone", Text),
    Column("body", Text, nullable=False),
    Column("received_at", Key, nullable=False),
    Column("channel", Text, nullable=False),
    Column("intent", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("reason", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("codes", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("shift", Key),
    Index("inbox_of_contact", "contact_id"),
    # Two phones may number alike, and one phone may count anew: the same message is the same text as well.
    Index("inbox_once", "message_id", "contact_id", "digest", unique=True),
    Index(
        "inbox_of_shift",
        "shift",
        sqlite_where=text("shift IS NOT NULL"),
        postgresql_where=text("shift IS NOT NULL"),
    ),
)

ALERTS = Table(
    "alerts",
    METADATA,
    Column("id", Key, primary_key=True),
    Column("at", Key, nullable=False),
    Column("last_at", Key, nullable=False),
    Column("organization_id", Text),
    Column("shift", Key),
    Column("contact_id", Key),
    Column("caregiver_id", Text),
    Column("kind", Text, nullable=False),
    Column("matter", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("messages", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("closed_at", Key),
    Column("closed_by", Text),
    Index("alerts_of_organization", "organization_id"),
    Index("alerts_of_shift", "shift"),
    # One that is open collects all that is said on its matter.
    Index(
        "alerts_once",
        "matter",
        unique=True,
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
    Index(
        "alerts_of_contact",
        "contact_id",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
    sqlite_autoincrement=True,
)
