-- +goose Up
-- Whom chats complain about: for these colleagues the chat is not there.
CREATE TABLE accused (
    staff TEXT NOT NULL,
    chat  TEXT NOT NULL,
    at    INTEGER NOT NULL,
    PRIMARY KEY (staff, chat)
) WITHOUT ROWID;
CREATE INDEX accused_chat ON accused (chat);

-- Nothing of these chats is erased while they are here.
CREATE TABLE legal_holds (
    chat  TEXT NOT NULL PRIMARY KEY,
    staff TEXT NOT NULL,
    at    INTEGER NOT NULL
) WITHOUT ROWID;

-- Chats that somebody of the staff linked to a member, and whose they were before.
CREATE TABLE linked_chats (
    chat   TEXT NOT NULL PRIMARY KEY,
    before TEXT NOT NULL,
    at     INTEGER NOT NULL
) WITHOUT ROWID;

ALTER TABLE chats ADD COLUMN muted_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE members ADD COLUMN owner TEXT NOT NULL DEFAULT '';
CREATE INDEX handovers_closed ON handovers (ended_at) WHERE state = 'ended' AND claimed_at > 0;
