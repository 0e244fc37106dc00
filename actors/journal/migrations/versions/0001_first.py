"""The first tables."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY: sa.types.TypeEngine[int] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade(op: Operations) -> None:
    op.create_table(
        "alerts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("at", KEY, nullable=False),
        sa.Column("last_at", KEY, nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=True),
        sa.Column("shift", KEY, nullable=True),
        sa.Column("contact_id", KEY, nullable=True),
        sa.Column("caregiver_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("messages", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("closed_at", KEY, nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "alerts_of_contact",
        "alerts",
        ["contact_id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("alerts_of_organization", "alerts", ["organization_id"], unique=False)
    op.create_index("alerts_of_shift", "alerts", ["shift"], unique=False)
    op.create_index(
        "alerts_once",
        "alerts",
        ["matter"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "caregiver_aliases",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("caregiver", KEY, nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("aliases_of_caregiver", "caregiver_aliases", ["caregiver"], unique=False)
    op.create_table(
        "caregiver_roles",
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("role_key", sa.Text(), nullable=False),
        sa.Column("caregiver", KEY, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "role_key", "caregiver"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "caregivers",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("own_roles", sa.Text(), nullable=False),
        sa.Column("role_keys", sa.Text(), nullable=False),
        sa.Column("contact_id", KEY, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("is_distinct", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("caregivers_of_contact", "caregivers", ["contact_id"], unique=False)
    op.create_index("caregivers_of_organization", "caregivers", ["organization_id", "id"], unique=False)
    op.create_table(
        "claims",
        sa.Column("id", KEY, nullable=False),
        sa.Column("shift", KEY, nullable=False),
        sa.Column("fanout", sa.Integer(), nullable=False),
        sa.Column("caregiver_id", sa.Text(), nullable=False),
        sa.Column("starts", KEY, nullable=False),
        sa.Column("ends", KEY, nullable=False),
        sa.Column("claimed_at", KEY, nullable=False),
        sa.Column("override", sa.Text(), nullable=True),
        sa.Column("released_at", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "claims_of_caregiver",
        "claims",
        ["caregiver_id", "ends"],
        unique=False,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_index(
        "claims_given_back",
        "claims",
        ["shift", "caregiver_id"],
        unique=False,
        sqlite_where=sa.text("released_at IS NOT NULL"),
        postgresql_where=sa.text("released_at IS NOT NULL"),
    )
    op.create_index(
        "claims_one_a_shift",
        "claims",
        ["shift"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_table(
        "contacts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("last_code", sa.Text(), nullable=True),
        sa.Column("doubted_at", KEY, nullable=True),
        sa.Column("no_calls_at", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("phone"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "events",
        sa.Column("id", KEY, nullable=False),
        sa.Column("stream", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("at", KEY, nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("events_once", "events", ["stream", "version"], unique=True)
    op.create_table(
        "fanouts",
        sa.Column("shift", KEY, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("started_at", KEY, nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("open_until", KEY, nullable=False),
        sa.Column("closed_at", KEY, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("shift", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "inbox",
        sa.Column("id", KEY, nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("contact_id", KEY, nullable=False),
        sa.Column("caregiver_id", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("to_phone", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("received_at", KEY, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("intent", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("shift", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("inbox_of_contact", "inbox", ["contact_id"], unique=False)
    op.create_index("inbox_once", "inbox", ["message_id", "contact_id", "digest"], unique=True)
    op.create_index(
        "inbox_of_shift",
        "inbox",
        ["shift"],
        unique=False,
        sqlite_where=sa.text("shift IS NOT NULL"),
        postgresql_where=sa.text("shift IS NOT NULL"),
    )
    op.create_table(
        "offers",
        sa.Column("id", KEY, nullable=False),
        sa.Column("shift", KEY, nullable=False),
        sa.Column("fanout", sa.Integer(), nullable=False),
        sa.Column("caregiver_id", sa.Text(), nullable=False),
        sa.Column("contact_id", KEY, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("open_until", KEY, nullable=False),
        sa.Column("declined_at", KEY, nullable=True),
        sa.Column("told_at", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("offers_of_caregiver", "offers", ["caregiver_id", "open_until"], unique=False)
    op.create_index("offers_of_contact", "offers", ["contact_id", "open_until"], unique=False)
    op.create_index("offers_of_fanout", "offers", ["shift", "fanout", "caregiver_id"], unique=True)
    op.create_table(
        "opt_outs",
        sa.Column("contact_id", KEY, autoincrement=False, nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("at", KEY, nullable=False),
        sa.PrimaryKeyConstraint("contact_id", "organization_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "organization_phones",
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("phone"),
    )
    op.create_index("phones_of_organization", "organization_phones", ["organization_id"], unique=False)
    op.create_table(
        "organizations",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("phones", sa.Text(), nullable=False),
        sa.Column("rounds", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )
    op.create_table(
        "outbox",
        sa.Column("seq", KEY, nullable=False),
        sa.Column("stream", KEY, nullable=False),
        sa.Column("cause", KEY, nullable=False),
        sa.Column("contact_id", KEY, nullable=False),
        sa.Column("caregiver_id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("shift", KEY, nullable=True),
        sa.Column("fanout", sa.Integer(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("created_at", KEY, nullable=False),
        sa.Column("due_at", KEY, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("carrier_id", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("opens", sa.Text(), server_default="[]", nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_autoincrement=True,
    )
    op.create_index("outbox_of_contact", "outbox", ["contact_id"], unique=False)
    op.create_index(
        "outbox_offers_once",
        "outbox",
        ["stream", "caregiver_id", "cause"],
        unique=True,
        sqlite_where=sa.text("purpose = 'offer'"),
        postgresql_where=sa.text("purpose = 'offer'"),
    )
    op.create_index(
        "outbox_others_once",
        "outbox",
        ["stream", "cause", "contact_id", "caregiver_id", "purpose"],
        unique=True,
        sqlite_where=sa.text("purpose <> 'offer'"),
        postgresql_where=sa.text("purpose <> 'offer'"),
    )
    op.create_index(
        "outbox_planned",
        "outbox",
        ["channel", "priority", "due_at", "turn", "seq"],
        unique=False,
        sqlite_where=sa.text("state = 'planned'"),
        postgresql_where=sa.text("state = 'planned'"),
    )
    op.create_index(
        "outbox_unsettled",
        "outbox",
        ["contact_id", "shift"],
        unique=False,
        sqlite_where=sa.text("state IN ('sending', 'unknown') OR (state = 'planned' AND purpose <> 'offer')"),
        postgresql_where=sa.text(
            "state IN ('sending', 'unknown') OR (state = 'planned' AND purpose <> 'offer')"
        ),
    )
    op.create_index(
        "outbox_sending",
        "outbox",
        ["channel"],
        unique=False,
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index(
        "outbox_unknown",
        "outbox",
        ["channel"],
        unique=False,
        sqlite_where=sa.text("state = 'unknown'"),
        postgresql_where=sa.text("state = 'unknown'"),
    )
    op.create_table(
        "shifts",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("shift_id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("role_key", sa.Text(), nullable=False),
        sa.Column("start_time", sa.Text(), nullable=False),
        sa.Column("end_time", sa.Text(), nullable=False),
        sa.Column("starts", KEY, nullable=False),
        sa.Column("ends", KEY, nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=True),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("rounds", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("fanout", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("next_deadline", KEY, nullable=True),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("shift_id"),
    )
    op.create_index("shifts_by_organization", "shifts", ["organization_id"], unique=False)
    op.create_index("shifts_by_status", "shifts", ["status"], unique=False)
    op.create_table(
        "streams",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
        sqlite_autoincrement=True,
    )
