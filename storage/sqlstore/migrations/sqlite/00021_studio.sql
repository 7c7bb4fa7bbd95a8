-- +goose Up
-- The bodies of all files of the content, each kept once, under its SHA-256.
CREATE TABLE content_bodies (
    hash TEXT NOT NULL PRIMARY KEY,
    body BLOB NOT NULL
) WITHOUT ROWID;

-- The versions of the content, which never change. files is JSON: by name the hash, and the version that it is since.
CREATE TABLE content_versions (
    number    INTEGER NOT NULL PRIMARY KEY,
    author    TEXT NOT NULL,
    agreed    TEXT NOT NULL,
    at        INTEGER NOT NULL,
    note      TEXT NOT NULL,
    made_from INTEGER NOT NULL,
    files     TEXT NOT NULL
);

-- Which version is live, and the lock of those who change the content.
CREATE TABLE content_head (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    live     INTEGER NOT NULL,
    last     INTEGER NOT NULL,
    defaults TEXT NOT NULL,
    rules    TEXT NOT NULL
);
INSERT INTO content_head (id, live, last, defaults, rules) VALUES (1, 0, 0, '{}', '{}');

CREATE TABLE content_drafts (
    author    TEXT NOT NULL,
    name      TEXT NOT NULL,
    made_from INTEGER NOT NULL,
    base      TEXT NOT NULL,
    body      BLOB NOT NULL,
    gone      BOOLEAN NOT NULL,
    rev       INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (author, name)
) WITHOUT ROWID;

-- Content that waits for a second person's yes, or for its hour.
CREATE TABLE content_requests (
    id         TEXT NOT NULL PRIMARY KEY,
    author     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    note       TEXT NOT NULL,
    made_from  INTEGER NOT NULL,
    files      TEXT NOT NULL,
    drafts     TEXT NOT NULL,
    due        INTEGER NOT NULL,
    state      TEXT NOT NULL,
    decider    TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    released   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX content_requests_open ON content_requests (at) WHERE state = 'open';

-- What officers propose about the texts of the bot.
CREATE TABLE content_proposals (
    id         TEXT NOT NULL PRIMARY KEY,
    author     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    chat       TEXT NOT NULL,
    entry      TEXT NOT NULL,
    lang       TEXT NOT NULL,
    wrong      TEXT NOT NULL,
    words      TEXT NOT NULL,
    state      TEXT NOT NULL,
    decider    TEXT NOT NULL,
    decided_at INTEGER NOT NULL,
    answer     TEXT NOT NULL,
    seen       BOOLEAN NOT NULL
) WITHOUT ROWID;
CREATE INDEX content_proposals_at ON content_proposals (at);
CREATE INDEX content_proposals_unseen ON content_proposals (author, at) WHERE state <> 'proposed' AND NOT seen;

-- The version of the content that a chat stays with, 0 when it follows what is live, and since when.
ALTER TABLE chats ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN pinned_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX chats_pinned ON chats (pinned, pinned_at) WHERE pinned > 0;
