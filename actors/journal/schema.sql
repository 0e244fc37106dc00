-- The tables of a journal: the only place where they are said. Whoever changes a statement, or an event, raises FORM
-- in schema.py.
-- Instants are whole microseconds since 1970, UTC; a shift's own times are kept a second time as text, with the offset they
-- were posted with. Keys are integers that grow: a random key makes a big table slow. STRICT has SQLite refuse, and find,
-- values that are not of their column's kind. References are looked at by the doctor; held at every write they would slow it
-- down. Comments stand before a statement, since SQLite keeps those inside.

-- What has events: a shift ("shift/…", whose key it gives) or the conversation with a phone ("contact/…").
CREATE TABLE streams (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- (stream, version) is not the key: rows are added at the end, where there is room, and only this small index is written
-- all over.
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES streams (id),
    version INTEGER NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_once ON events (stream, version);

CREATE TABLE shifts (
    key INTEGER PRIMARY KEY REFERENCES streams (id),
    shift_id TEXT NOT NULL UNIQUE,
    organization_id TEXT NOT NULL,
    role TEXT NOT NULL,
    role_key TEXT NOT NULL,
    start_time TEXT NOT NULL,
    end_time TEXT NOT NULL,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    time_zone TEXT,
    area TEXT,
    rounds TEXT NOT NULL,
    status TEXT NOT NULL,
    revision INTEGER NOT NULL,
    fanout INTEGER NOT NULL,
    round INTEGER NOT NULL,
    next_deadline INTEGER,
    claimed_by TEXT,
    paused INTEGER NOT NULL
) STRICT;
-- The board reads the open ones by their start, and whose they are.
CREATE INDEX shifts_by_status ON shifts (status, starts, organization_id);
CREATE INDEX shifts_by_organization ON shifts (organization_id);
-- Whoever changes may have to be offered one of these.
CREATE INDEX shifts_on_offer ON shifts (organization_id, role_key) WHERE status = 'offering';

CREATE TABLE fanouts (
    shift INTEGER NOT NULL REFERENCES shifts (key),
    number INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    zone TEXT,
    open_until INTEGER NOT NULL,
    closed_at INTEGER,
    PRIMARY KEY (shift, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE offers (
    id INTEGER PRIMARY KEY,
    shift INTEGER NOT NULL REFERENCES shifts (key),
    fanout INTEGER NOT NULL,
    caregiver_id TEXT NOT NULL,
    contact_id INTEGER NOT NULL REFERENCES contacts (id),
    code TEXT NOT NULL,
    open_until INTEGER NOT NULL,
    declined INTEGER NOT NULL DEFAULT 0,
    told INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX offers_of_fanout ON offers (shift, fanout, caregiver_id);
CREATE INDEX offers_of_contact ON offers (contact_id, open_until);
CREATE INDEX offers_of_caregiver ON offers (caregiver_id, open_until);

-- `version` is that of the event: a shift may be claimed again and again.
CREATE TABLE claims (
    shift INTEGER NOT NULL REFERENCES shifts (key),
    version INTEGER NOT NULL,
    fanout INTEGER NOT NULL,
    caregiver_id TEXT NOT NULL,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    claimed_at INTEGER NOT NULL,
    override TEXT,
    released_at INTEGER,
    PRIMARY KEY (shift, version)
) STRICT, WITHOUT ROWID;
-- The last line of defence: one holder a shift, even when the code is wrong.
CREATE UNIQUE INDEX claims_one_a_shift ON claims (shift) WHERE released_at IS NULL;
CREATE INDEX claims_of_caregiver ON claims (caregiver_id, ends) WHERE released_at IS NULL;
CREATE INDEX claims_by_time ON claims (claimed_at);
CREATE INDEX claims_given_back ON claims (shift, caregiver_id) WHERE released_at IS NOT NULL;

CREATE TABLE organizations (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT,
    time_zone TEXT,
    country TEXT NOT NULL,
    rounds TEXT,
    releases_call_offs INTEGER NOT NULL,
    consent_required INTEGER NOT NULL,
    welcomes INTEGER NOT NULL,
    on_call TEXT NOT NULL,
    texts TEXT
) STRICT;

-- In the order of rowid: the first is the one that people are told.
CREATE TABLE organization_phones (
    phone TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    account TEXT,
    channels TEXT NOT NULL
) STRICT;
CREATE INDEX phones_of_organization ON organization_phones (organization_id);

-- `roles` has those of all ids of the person; `own_roles` those saved under the person's own.
CREATE TABLE caregivers (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    roles TEXT NOT NULL,
    own_roles TEXT NOT NULL,
    role_keys TEXT NOT NULL,
    contact_id INTEGER NOT NULL REFERENCES contacts (id),
    language TEXT NOT NULL,
    active INTEGER NOT NULL,
    is_distinct INTEGER NOT NULL
) STRICT;
CREATE INDEX caregivers_of_contact ON caregivers (contact_id);
CREATE INDEX caregivers_of_organization ON caregivers (organization_id, id);

CREATE TABLE caregiver_aliases (
    id TEXT NOT NULL PRIMARY KEY,
    caregiver INTEGER NOT NULL REFERENCES caregivers (key),
    roles TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX aliases_of_caregiver ON caregiver_aliases (caregiver);

CREATE TABLE caregiver_roles (
    organization_id TEXT NOT NULL,
    role_key TEXT NOT NULL,
    caregiver INTEGER NOT NULL REFERENCES caregivers (key),
    PRIMARY KEY (organization_id, role_key, caregiver)
) STRICT, WITHOUT ROWID;

-- Who added and changed people and organizations; a caregiver's is named by their own id, an organization's has none. `what`
-- lists the fields, never what stood in them.
CREATE TABLE changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    caregiver_id TEXT,
    what TEXT NOT NULL
) STRICT;
CREATE INDEX changes_of_caregiver ON changes (caregiver_id) WHERE caregiver_id IS NOT NULL;
CREATE INDEX changes_of_organization ON changes (organization_id);

CREATE TABLE contacts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    phone TEXT NOT NULL UNIQUE,
    question TEXT,
    last_code TEXT,
    doubted_at INTEGER,
    busy_until INTEGER,
    landline_at INTEGER
) STRICT;

CREATE TABLE opt_outs (
    contact_id INTEGER NOT NULL REFERENCES contacts (id),
    organization_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (contact_id, organization_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE call_refusals (
    contact_id INTEGER NOT NULL REFERENCES contacts (id),
    organization_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (contact_id, organization_id)
) STRICT, WITHOUT ROWID;

-- Who has agreed to what, at the phone they had then. What a person stops takes it away.
CREATE TABLE consents (
    contact_id INTEGER NOT NULL REFERENCES contacts (id),
    organization_id TEXT NOT NULL,
    caregiver_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    how TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    words TEXT,
    PRIMARY KEY (contact_id, organization_id, caregiver_id, channel)
) STRICT;

-- What those had stopped who were erased, by the HMAC-SHA256 of their number under the one key: nobody is named.
CREATE TABLE kept_key (
    key BLOB NOT NULL
) STRICT;

CREATE TABLE kept_opt_outs (
    digest TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (digest, organization_id, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    stream INTEGER NOT NULL REFERENCES streams (id),
    cause INTEGER NOT NULL,
    contact_id INTEGER NOT NULL REFERENCES contacts (id),
    caregiver_id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    channel TEXT NOT NULL,
    body TEXT NOT NULL,
    shift INTEGER REFERENCES shifts (key),
    fanout INTEGER,
    round INTEGER,
    priority INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    queue TEXT,
    state TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    from_phone TEXT,
    handed_at INTEGER,
    carrier_id TEXT,
    error TEXT,
    opens TEXT NOT NULL DEFAULT '[]',
    -- Several that leave as one text name the one whose key the carrier is given.
    sent_with INTEGER
) STRICT;
-- Once by cause, recipient and purpose. Offers are many and looked up by caregiver; the others by what caused them.
CREATE UNIQUE INDEX outbox_offers_once ON outbox (stream, caregiver_id, cause) WHERE purpose = 'offer';
CREATE UNIQUE INDEX outbox_others_once ON outbox (stream, cause, contact_id, caregiver_id, purpose)
WHERE purpose <> 'offer';
CREATE INDEX outbox_of_contact ON outbox (contact_id);
CREATE INDEX outbox_planned ON outbox (channel, priority, due_at, turn, seq) WHERE state = 'planned' AND queue IS NULL;
-- A carrier with rates has a queue for each sending number.
CREATE INDEX outbox_queued ON outbox (channel, queue, priority, due_at, turn, seq)
WHERE state = 'planned' AND queue IS NOT NULL;
-- What others about the same shift to the same phone wait behind.
CREATE INDEX outbox_unsettled ON outbox (contact_id, shift)
WHERE state IN ('sending', 'unknown') OR (state = 'planned' AND purpose <> 'offer');
CREATE INDEX outbox_sent_with ON outbox (sent_with) WHERE sent_with IS NOT NULL;
CREATE INDEX outbox_sending ON outbox (channel) WHERE state = 'sending';
CREATE INDEX outbox_unknown ON outbox (channel) WHERE state = 'unknown';

CREATE TABLE inbox (
    id INTEGER PRIMARY KEY,
    message_id TEXT NOT NULL,
    contact_id INTEGER NOT NULL REFERENCES contacts (id),
    caregiver_id TEXT,
    digest TEXT NOT NULL,
    to_phone TEXT,
    body TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    channel TEXT NOT NULL,
    intent TEXT NOT NULL,
    confidence REAL NOT NULL,
    reason TEXT NOT NULL,
    words TEXT NOT NULL,
    codes TEXT NOT NULL,
    answer TEXT NOT NULL,
    status TEXT NOT NULL,
    shift INTEGER REFERENCES shifts (key)
) STRICT;
-- Two phones may number alike, and one phone may count anew: the same message is the same text as well.
CREATE UNIQUE INDEX inbox_once ON inbox (message_id, contact_id, digest);
CREATE INDEX inbox_of_contact ON inbox (contact_id);
CREATE INDEX inbox_of_shift ON inbox (shift) WHERE shift IS NOT NULL;

CREATE TABLE alerts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    organization_id TEXT,
    shift INTEGER REFERENCES shifts (key),
    contact_id INTEGER REFERENCES contacts (id),
    caregiver_id TEXT,
    kind TEXT NOT NULL,
    matter TEXT NOT NULL,
    message TEXT NOT NULL,
    messages TEXT NOT NULL,
    count INTEGER NOT NULL,
    closed_at INTEGER,
    closed_by TEXT,
    called INTEGER NOT NULL DEFAULT 0,
    call_at INTEGER,
    acknowledged_at INTEGER,
    acknowledged_by TEXT
) STRICT;
-- `called` counts whom was told of it, `call_at` is when the next is: never, where it is acknowledged or everybody was.
-- One that is open collects all that is said on its matter.
CREATE UNIQUE INDEX alerts_once ON alerts (matter) WHERE closed_at IS NULL;
CREATE INDEX alerts_to_tell ON alerts (call_at) WHERE closed_at IS NULL AND call_at IS NOT NULL;
CREATE INDEX alerts_of_contact ON alerts (contact_id) WHERE closed_at IS NULL;
CREATE INDEX alerts_of_organization ON alerts (organization_id);
CREATE INDEX alerts_of_shift ON alerts (shift);
CREATE INDEX alerts_open ON alerts (shift) WHERE closed_at IS NULL;

-- Who uses the console. `organizations` is null for all of them. Passwords are hashed by argon2; of a session, a link and an
-- API token the SHA-256 is kept: each is as random as that.
CREATE TABLE users (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    organizations TEXT,
    password TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    disabled_at INTEGER
) STRICT;

CREATE TABLE sessions (
    digest TEXT NOT NULL PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES users (key),
    browser TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_of_user ON sessions (user, used_at);

-- They let somebody in once: a new user, or one who gets a new password.
CREATE TABLE links (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    digest TEXT NOT NULL UNIQUE,
    user INTEGER REFERENCES users (key),
    name TEXT,
    role TEXT NOT NULL,
    organizations TEXT,
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE api_tokens (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    digest TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    revoked_at INTEGER,
    revoked_by TEXT
) STRICT;
