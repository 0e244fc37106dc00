"""Claims as rows: who holds which shift from when to when, at most one unreleased claim a shift."""

from .many_rows import insert, update

INSERT_CLAIMS = insert("claims", "shift, fanout, caregiver_id, starts, ends, claimed_at, override")
RELEASE_CLAIMS = update(
    "claims",
    "shift, released_at",
    "released_at = new.released_at",
    "claims.shift = new.shift AND claims.released_at IS NULL",
)
