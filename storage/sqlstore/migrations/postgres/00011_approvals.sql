-- +goose Up
-- What an officer may not decide alone, held until somebody who may says yes or no. The payload is sealed.
CREATE TABLE approvals (
    id           TEXT NOT NULL PRIMARY KEY,
    kind         TEXT NOT NULL,
    chat         TEXT NOT NULL,
    number       TEXT NOT NULL,
    unit         TEXT NOT NULL,
    confidential BOOLEAN NOT NULL,
    author       TEXT NOT NULL,
    text         TEXT NOT NULL,
    files        TEXT NOT NULL,
    hash         TEXT NOT NULL,
    why          TEXT NOT NULL,
    state        TEXT NOT NULL,
    level        TEXT NOT NULL,
    due_at       BIGINT NOT NULL,
    asked_at     BIGINT NOT NULL,
    decided_at   BIGINT NOT NULL,
    decided_by   TEXT NOT NULL,
    reason       TEXT NOT NULL,
    payload      BYTEA
);

-- Those that wait: the page's list, the rounds, and what a chat's page marks as held.
CREATE INDEX approvals_asked ON approvals (asked_at, id) WHERE state = 'asked';
CREATE INDEX approvals_due ON approvals (due_at) WHERE state = 'asked' AND due_at > 0;
CREATE INDEX approvals_chat ON approvals (chat) WHERE state = 'asked';
