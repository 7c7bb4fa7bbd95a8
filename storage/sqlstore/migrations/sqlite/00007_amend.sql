-- +goose Up
-- What became of a message to a member after it was written: when it was changed or taken away, how it read before (JSON),
-- and the job that changes it at the messenger.
ALTER TABLE messages ADD COLUMN edited_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN deleted_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN earlier TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN amend_key TEXT NOT NULL DEFAULT '';
