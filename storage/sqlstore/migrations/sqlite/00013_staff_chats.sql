-- +goose Up
-- The messenger chats in which people of the staff are known: a chat is one person's.
CREATE TABLE staff_chats (
    chat      TEXT NOT NULL PRIMARY KEY,
    staff     TEXT NOT NULL,
    linked_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX staff_chats_staff ON staff_chats (staff);

-- Codes that link a chat; of each only the hash is kept, and everybody has one at most.
CREATE TABLE link_codes (
    staff TEXT NOT NULL PRIMARY KEY,
    hash  TEXT NOT NULL UNIQUE,
    until INTEGER NOT NULL
) WITHOUT ROWID;

-- What an edit takes the place of, for whoever decides about it.
ALTER TABLE approvals ADD COLUMN earlier TEXT NOT NULL DEFAULT '';
