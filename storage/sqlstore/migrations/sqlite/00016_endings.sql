-- +goose Up
-- When a member said that the solution holds, and when a channel could not carry what he would have said.
ALTER TABLE cases ADD COLUMN held_at INTEGER NOT NULL DEFAULT 0;

CREATE TABLE channels_seen (
    channel TEXT NOT NULL PRIMARY KEY,
    seen_at INTEGER NOT NULL
);
CREATE TABLE outages (
    channel  TEXT NOT NULL,
    from_at  INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    PRIMARY KEY (channel, from_at)
);
