-- +goose Up
-- The bodies of all files of the content, each kept once, under its SHA-256.
CREATE TABLE content_bodies (
    hash TEXT NOT NULL PRIMARY KEY,
    body BYTEA NOT NULL
);

-- The versions of the content, which never change. files is JSON: by name the hash, and the version that it is since.
CREATE TABLE content_versions (
    number    BIGINT NOT NULL PRIMARY KEY,
    author    TEXT NOT NULL,
    agreed    TEXT NOT NULL,
    at        BIGINT NOT NULL,
    note      TEXT NOT NULL,
    made_from BIGINT NOT NULL,
    files     TEXT NOT NULL
);

-- Which version is live, and the lock of those who change the content.
CREATE TABLE content_head (
    id       BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    live     BIGINT NOT NULL,
    last     BIGINT NOT NULL,
    defaults TEXT NOT NULL,
    rules    TEXT NOT NULL
);
INSERT INTO content_head (id, live, last, defaults, rules) VALUES (1, 0, 0, '{}', '{}');

CREATE TABLE content_drafts (
    author    TEXT NOT NULL,
    name      TEXT NOT NULL,
    made_from BIGINT NOT NULL,
    base      TEXT NOT NULL,
    body      BYTEA NOT NULL,
    gone      BOOLEAN NOT NULL,
    rev       BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (author, name)
);

-- Content that waits for a second person's yes, or for its hour.
CREATE TABLE content_requests (
    id         TEXT NOT NULL PRIMARY KEY,
    author     TEXT NOT NULL,
    at         BIGINT NOT NULL,
    note       TEXT NOT NULL,
    made_from  BIGINT NOT NULL,
    files      TEXT NOT NULL,
    drafts     TEXT NOT NULL,
    due        BIGINT NOT NULL,
    state      TEXT NOT NULL,
    decider    TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    reason     TEXT NOT NULL,
    released   BIGINT NOT NULL
);
CREATE INDEX content_requests_open ON content_requests (at) WHERE state = 'open';

-- What officers propose about the texts of the bot.
CREATE TABLE content_proposals (
    id         TEXT NOT NULL PRIMARY KEY,
    author     TEXT NOT NULL,
    at         BIGINT NOT NULL,
    chat       TEXT NOT NULL,
    entry      TEXT NOT NULL,
    lang       TEXT NOT NULL,
    wrong      TEXT NOT NULL,
    words      TEXT NOT NULL,
    state      TEXT NOT NULL,
    decider    TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    answer     TEXT NOT NULL,
    seen       BOOLEAN NOT NULL
);
CREATE INDEX content_proposals_at ON content_proposals (at);
CREATE INDEX content_proposals_unseen ON content_proposals (author, at) WHERE state <> 'proposed' AND NOT seen;

-- The version of the content that a chat stays with, 0 when it follows what is live, and since when.
ALTER TABLE chats ADD COLUMN pinned BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN pinned_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX chats_pinned ON chats (pinned, pinned_at) WHERE pinned > 0;
