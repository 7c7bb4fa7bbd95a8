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
    capacity     BIGINT NOT NULL,
    status       TEXT NOT NULL,
    seen_at      BIGINT NOT NULL,
    confidential BOOLEAN NOT NULL,
    substitute   TEXT NOT NULL,
    disabled     BOOLEAN NOT NULL,
    created_at   BIGINT NOT NULL,
    created_by   TEXT NOT NULL
);

CREATE TABLE staff_secrets (
    staff     TEXT PRIMARY KEY REFERENCES staff (id),
    password  TEXT NOT NULL,
    temporary BOOLEAN NOT NULL,
    totp      BYTEA,
    offered   BYTEA,
    step      BIGINT NOT NULL,
    recovery  TEXT NOT NULL
);

CREATE TABLE sessions (
    id         TEXT PRIMARY KEY,
    staff      TEXT NOT NULL REFERENCES staff (id),
    stage      TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    code_at    BIGINT NOT NULL,
    origin     TEXT NOT NULL,
    agent      TEXT NOT NULL
);
CREATE INDEX sessions_staff ON sessions (staff, created_at);
CREATE INDEX sessions_created ON sessions (created_at);

CREATE TABLE failures (
    name      TEXT PRIMARY KEY,
    n         BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    until     BIGINT NOT NULL
);
CREATE INDEX failures_at ON failures (at);

CREATE TABLE audit (
    seq          BIGINT PRIMARY KEY,
    at           BIGINT NOT NULL,
    author       TEXT NOT NULL,
    what         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    state_before TEXT NOT NULL,
    state_after  TEXT NOT NULL,
    reason       TEXT NOT NULL,
    origin       TEXT NOT NULL,
    hash         BYTEA NOT NULL
);
CREATE INDEX audit_author ON audit (author, seq);
CREATE INDEX audit_subject ON audit (subject, seq);

-- One row: the last entry.
CREATE TABLE audit_head (
    id   BIGINT PRIMARY KEY CHECK (id = 1),
    seq  BIGINT NOT NULL,
    hash BYTEA NOT NULL
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '');

-- +goose StatementBegin
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is never changed';
END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_never_changed BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_never_emptied BEFORE TRUNCATE ON audit EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_goes_on BEFORE UPDATE ON audit_head FOR EACH ROW WHEN (NEW.seq <= OLD.seq) EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_never_emptied BEFORE TRUNCATE ON audit_head EXECUTE FUNCTION audit_refuse();
REVOKE UPDATE, DELETE, TRUNCATE ON audit FROM PUBLIC;
