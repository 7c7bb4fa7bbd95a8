-- +goose Up
-- Staff, their sessions, and the audit. Secrets of the second factor are sealed by the vault.
CREATE TABLE staff (
    id           TEXT PRIMARY KEY,
    login        TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    display      TEXT NOT NULL,
    role         TEXT NOT NULL,
    units        TEXT NOT NULL,
    langs        TEXT NOT NULL,
    lang         TEXT NOT NULL,
    capacity     INTEGER NOT NULL,
    status       TEXT NOT NULL,
    seen_at      INTEGER NOT NULL,
    confidential BOOLEAN NOT NULL,
    substitute   TEXT NOT NULL,
    disabled     BOOLEAN NOT NULL,
    created_at   INTEGER NOT NULL,
    created_by   TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE staff_secrets (
    staff     TEXT PRIMARY KEY REFERENCES staff (id),
    password  TEXT NOT NULL,
    temporary BOOLEAN NOT NULL,
    totp      BLOB,
    offered   BLOB,
    step      INTEGER NOT NULL,
    recovery  TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE sessions (
    id         TEXT PRIMARY KEY,
    staff      TEXT NOT NULL REFERENCES staff (id),
    stage      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    code_at    INTEGER NOT NULL,
    origin     TEXT NOT NULL,
    agent      TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_staff ON sessions (staff, created_at);
CREATE INDEX sessions_created ON sessions (created_at);

CREATE TABLE failures (
    name      TEXT PRIMARY KEY,
    n         INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    until     INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX failures_at ON failures (at);

CREATE TABLE audit (
    seq          INTEGER PRIMARY KEY,
    at           INTEGER NOT NULL,
    author       TEXT NOT NULL,
    what         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    state_before TEXT NOT NULL,
    state_after  TEXT NOT NULL,
    reason       TEXT NOT NULL,
    origin       TEXT NOT NULL,
    hash         BLOB NOT NULL
);
CREATE INDEX audit_author ON audit (author, seq);
CREATE INDEX audit_subject ON audit (subject, seq);

-- One row: the last entry.
CREATE TABLE audit_head (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    seq  INTEGER NOT NULL,
    hash BLOB NOT NULL
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, x'');

-- +goose StatementBegin
CREATE TRIGGER audit_never_changed BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit is never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit is never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_head_goes_on BEFORE UPDATE ON audit_head WHEN NEW.seq <= OLD.seq BEGIN
    SELECT RAISE(ABORT, 'the audit is never changed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head BEGIN
    SELECT RAISE(ABORT, 'the audit is never changed');
END;
-- +goose StatementEnd
