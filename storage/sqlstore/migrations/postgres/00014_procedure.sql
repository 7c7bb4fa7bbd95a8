-- +goose Up
-- What is done about a case, how it comes to its end, and what belongs to it: referrals, tasks, surveys.
ALTER TABLE cases ADD COLUMN next_what TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN next_who TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN next_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN cause TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN external TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN waits TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN paused BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE cases ADD COLUMN dispute BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE cases ADD COLUMN financial BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE cases ADD COLUMN round BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN result TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN proposed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN proposed_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN delivered_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN reminders BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN reminded_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN tried BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE cases ADD COLUMN closed_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN ending TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN reopen_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN survey_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN check_at BIGINT NOT NULL DEFAULT 0;

CREATE TABLE referrals (
    id           TEXT PRIMARY KEY,
    case_id      TEXT NOT NULL REFERENCES cases (id),
    unit         TEXT NOT NULL,
    question     TEXT NOT NULL,
    asked_by     TEXT NOT NULL,
    asked_at     BIGINT NOT NULL,
    due_at       BIGINT NOT NULL,
    reminded_at  BIGINT NOT NULL,
    late_at      BIGINT NOT NULL,
    reply        TEXT NOT NULL,
    replied_by   TEXT NOT NULL,
    replied_at   BIGINT NOT NULL,
    withdrawn_at BIGINT NOT NULL,
    link         TEXT NOT NULL,
    link_until   BIGINT NOT NULL
);
CREATE INDEX referrals_case ON referrals (case_id, asked_at);
CREATE INDEX referrals_unit ON referrals (unit, due_at) WHERE replied_at = 0 AND withdrawn_at = 0;
CREATE UNIQUE INDEX referrals_link ON referrals (link) WHERE link <> '';

CREATE TABLE tasks (
    id      TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    kind    TEXT NOT NULL,
    what    TEXT NOT NULL,
    who     TEXT NOT NULL,
    unit    TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    due_at  BIGINT NOT NULL,
    late_at BIGINT NOT NULL,
    done_at BIGINT NOT NULL,
    done_by TEXT NOT NULL,
    outcome TEXT NOT NULL
);
CREATE INDEX tasks_case ON tasks (case_id, made_at);
CREATE INDEX tasks_open ON tasks (unit, due_at) WHERE outcome = '';

CREATE TABLE surveys (
    case_id  TEXT NOT NULL REFERENCES cases (id),
    round    BIGINT NOT NULL,
    year     BIGINT NOT NULL,
    seq      BIGINT NOT NULL,
    chat     TEXT NOT NULL,
    member   TEXT NOT NULL,
    unit     TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    rating   BIGINT NOT NULL,
    reason   TEXT NOT NULL,
    rated_at BIGINT NOT NULL,
    PRIMARY KEY (case_id, round)
);
CREATE INDEX surveys_asked ON surveys (asked_at);
CREATE INDEX surveys_rated ON surveys (rated_at) WHERE rated_at > 0;
CREATE INDEX surveys_chat ON surveys (chat, asked_at);
CREATE INDEX surveys_member ON surveys (member, asked_at) WHERE member <> '';
