-- +goose Up
-- Times are unix milliseconds, 0 for none. BLOB columns are sealed by the vault, but for *_index.
CREATE TABLE receipts (
    source TEXT NOT NULL,
    id     TEXT NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (source, id)
) WITHOUT ROWID;
CREATE INDEX receipts_at ON receipts (at);

CREATE TABLE chats (
    key     TEXT PRIMARY KEY,
    rev     INTEGER NOT NULL,
    state   BLOB,
    lang    TEXT NOT NULL DEFAULT '',
    chosen  BOOLEAN NOT NULL DEFAULT FALSE,
    mode    TEXT NOT NULL DEFAULT 'bot',
    member  TEXT NOT NULL DEFAULT '',
    blocked BOOLEAN NOT NULL DEFAULT FALSE,
    since   INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX chats_member ON chats (member) WHERE member <> '';

CREATE TABLE messages (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    chat         TEXT NOT NULL,
    direction    TEXT NOT NULL,
    author       TEXT NOT NULL,
    kind         TEXT NOT NULL,
    text         TEXT NOT NULL,
    search_key   TEXT NOT NULL,
    files        TEXT NOT NULL,
    flow         TEXT NOT NULL,
    step         TEXT NOT NULL,
    bundle       INTEGER NOT NULL,
    draft        TEXT NOT NULL,
    unit         TEXT NOT NULL,
    confidential BOOLEAN NOT NULL,
    job_key      TEXT NOT NULL,
    ref          TEXT NOT NULL,
    at           INTEGER NOT NULL
);
CREATE INDEX messages_chat ON messages (chat, id);
CREATE INDEX messages_draft ON messages (draft) WHERE draft <> '';
CREATE INDEX messages_job ON messages (job_key) WHERE job_key <> '';

CREATE TABLE files (
    id     TEXT PRIMARY KEY,
    handle TEXT NOT NULL,
    kind   TEXT NOT NULL,
    name   TEXT NOT NULL,
    mime   TEXT NOT NULL,
    size   INTEGER NOT NULL,
    state  TEXT NOT NULL,
    sha256 TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE pieces (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    draft  TEXT NOT NULL,
    field  TEXT NOT NULL,
    text   BLOB,
    file   TEXT NOT NULL,
    append BOOLEAN NOT NULL,
    at     INTEGER NOT NULL
);
CREATE INDEX pieces_draft ON pieces (draft, id);

CREATE TABLE jobs (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    kind         TEXT NOT NULL,
    lane         TEXT NOT NULL,
    key          TEXT UNIQUE,
    payload      BLOB,
    run_at       INTEGER NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    lease_owner  TEXT NOT NULL,
    lease_token  INTEGER NOT NULL,
    leased_until INTEGER NOT NULL,
    state        TEXT NOT NULL DEFAULT 'open',
    err          TEXT NOT NULL DEFAULT '',
    ended_at     INTEGER NOT NULL DEFAULT 0
);
-- Partial: a job that is over costs a claim nothing.
CREATE INDEX jobs_due ON jobs (run_at, id) WHERE state = 'open';
CREATE INDEX jobs_lane ON jobs (lane, id) WHERE state = 'open' AND lane <> '';
CREATE INDEX jobs_over ON jobs (state, ended_at) WHERE state <> 'open';

CREATE TABLE quarantine (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    row_key     TEXT NOT NULL,
    source      TEXT NOT NULL,
    receipt     TEXT NOT NULL,
    chat        TEXT NOT NULL,
    raw         BLOB,
    reason      TEXT NOT NULL,
    bundle      INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    resolved_at INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE case_numbers (
    year INTEGER PRIMARY KEY,
    last INTEGER NOT NULL
);

CREATE TABLE cases (
    id              TEXT PRIMARY KEY,
    year            INTEGER NOT NULL,
    seq             INTEGER NOT NULL,
    kind            TEXT NOT NULL,
    category        TEXT NOT NULL,
    unit            TEXT NOT NULL,
    state           TEXT NOT NULL,
    chat            TEXT NOT NULL,
    member          TEXT NOT NULL,
    draft           TEXT UNIQUE,
    text            TEXT NOT NULL,
    answers         BLOB,
    phone           BLOB,
    urgency         TEXT NOT NULL,
    confidential    BOOLEAN NOT NULL,
    opened_at       INTEGER NOT NULL,
    due_at          INTEGER NOT NULL,
    first_answer_at INTEGER NOT NULL,
    notice_at       INTEGER NOT NULL,
    UNIQUE (year, seq)
) WITHOUT ROWID;
CREATE INDEX cases_chat ON cases (chat);
CREATE INDEX cases_member ON cases (member) WHERE member <> '';

CREATE TABLE case_entries (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id     TEXT NOT NULL REFERENCES cases (id),
    what        TEXT NOT NULL,
    author      TEXT NOT NULL,
    text        TEXT NOT NULL,
    text_before TEXT NOT NULL,
    text_after  TEXT NOT NULL,
    draft       TEXT NOT NULL,
    at          INTEGER NOT NULL
);
CREATE INDEX case_entries_case ON case_entries (case_id, id);

CREATE TABLE members (
    id            TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    phone         BLOB,
    phone_index   BLOB,
    verified      BOOLEAN NOT NULL,
    email         BLOB,
    national_id   BLOB,
    company       TEXT NOT NULL,
    membership_no TEXT NOT NULL,
    consent       TEXT NOT NULL,
    key_account   BOOLEAN NOT NULL,
    created_at    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX members_phone ON members (phone_index) WHERE verified AND phone_index IS NOT NULL;

CREATE TABLE results (
    id      TEXT PRIMARY KEY,
    chat    TEXT NOT NULL,
    subject TEXT NOT NULL,
    outcome TEXT NOT NULL,
    step    TEXT NOT NULL,
    at      INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX results_subject ON results (subject, at);

CREATE TABLE handovers (
    id       TEXT PRIMARY KEY,
    chat     TEXT NOT NULL,
    member   TEXT NOT NULL,
    unit     TEXT NOT NULL,
    topic    TEXT NOT NULL,
    reason   TEXT NOT NULL,
    flow     TEXT NOT NULL,
    step     TEXT NOT NULL,
    bundle   INTEGER NOT NULL,
    draft    TEXT NOT NULL,
    lang     TEXT NOT NULL,
    priority INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    state    TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX handovers_waiting ON handovers (chat) WHERE state = 'waiting';
CREATE INDEX handovers_queue ON handovers (unit, priority, at, id) WHERE state = 'waiting';

CREATE TABLE tries (
    name TEXT NOT NULL,
    at   INTEGER NOT NULL
);
CREATE INDEX tries_name ON tries (name, at);
CREATE INDEX tries_at ON tries (at);

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
