-- +goose Up
-- The queue is ordered by promise, priority and age. A chat has one hand-over that is not over.
ALTER TABLE handovers ADD COLUMN due_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE handovers ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE handovers ADD COLUMN holder TEXT NOT NULL DEFAULT '';
ALTER TABLE handovers ADD COLUMN named TEXT NOT NULL DEFAULT '';
ALTER TABLE handovers ADD COLUMN claimed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE handovers ADD COLUMN answered_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE handovers ADD COLUMN snoozed_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE handovers ADD COLUMN confidential BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE handovers ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
ALTER TABLE handovers ADD COLUMN ended_at INTEGER NOT NULL DEFAULT 0;
UPDATE handovers SET due_at = at;
UPDATE handovers SET state = 'ended', outcome = 'taken_back', ended_at = at WHERE state = 'left';
DROP INDEX handovers_waiting;
DROP INDEX handovers_queue;
CREATE UNIQUE INDEX handovers_running ON handovers (chat) WHERE state <> 'ended';
CREATE INDEX handovers_queue ON handovers (due_at, priority DESC, at, id) WHERE state = 'waiting';
CREATE INDEX handovers_unit ON handovers (unit, due_at, priority DESC, at, id) WHERE state = 'waiting';
CREATE INDEX handovers_holder ON handovers (holder, state) WHERE state <> 'ended' AND holder <> '';
CREATE INDEX handovers_answered ON handovers (answered_at) WHERE state = 'waiting' AND answered_at > 0;
CREATE INDEX handovers_chat ON handovers (chat, at);
CREATE INDEX handovers_handled ON handovers (unit, ended_at) WHERE state = 'ended' AND claimed_at > 0;

CREATE TABLE read_marks (
    staff TEXT NOT NULL,
    chat  TEXT NOT NULL,
    up_to INTEGER NOT NULL,
    PRIMARY KEY (staff, chat)
) WITHOUT ROWID;

-- What officers have begun to write.
CREATE TABLE kept_replies (
    staff TEXT NOT NULL,
    chat  TEXT NOT NULL,
    mode  TEXT NOT NULL,
    text  TEXT NOT NULL,
    at    INTEGER NOT NULL,
    PRIMARY KEY (staff, chat, mode)
) WITHOUT ROWID;
