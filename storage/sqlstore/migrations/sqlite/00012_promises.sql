-- +goose Up
-- What a promise has used of its working time, what its member was told, and when time next changes the case. Cases that
-- were filed before are looked at once, by the first round.
ALTER TABLE cases ADD COLUMN holder TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN promised INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN spent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN runs_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN told_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN told_due INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN answered_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN breached_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN first_late_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN alarm TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN wake_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN hours_version INTEGER NOT NULL DEFAULT 0;
UPDATE cases SET wake_at = 1 WHERE state NOT IN ('closed', 'withdrawn');
CREATE INDEX cases_wake ON cases (wake_at) WHERE wake_at > 0;
CREATE INDEX cases_hours ON cases (hours_version) WHERE wake_at > 0;
CREATE INDEX cases_holder ON cases (holder) WHERE holder <> '';
