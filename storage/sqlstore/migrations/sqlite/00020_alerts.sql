-- +goose Up
-- What certain people of the staff hear of at once, and who of them has seen it.
CREATE TABLE alerts (
    id           TEXT PRIMARY KEY,
    what         TEXT NOT NULL,
    year         INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    chat         TEXT NOT NULL,
    unit         TEXT NOT NULL,
    confidential BOOLEAN NOT NULL,
    owner        TEXT NOT NULL,
    topic        TEXT NOT NULL,
    n            INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    told_at      INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX alerts_untold ON alerts (at, id) WHERE told_at = 0;
CREATE INDEX alerts_case ON alerts (year, seq) WHERE seq > 0;

CREATE TABLE alerted (
    staff   TEXT NOT NULL,
    alert   TEXT NOT NULL REFERENCES alerts (id),
    seen_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (staff, alert)
) WITHOUT ROWID;
CREATE INDEX alerted_unseen ON alerted (staff) WHERE seen_at = 0;

-- A case stays before the managers while something in it is late and still to be done.
ALTER TABLE cases ADD COLUMN overdue BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE cases SET overdue = TRUE WHERE state NOT IN ('closed', 'withdrawn') AND id IN (SELECT case_id FROM tasks WHERE outcome = '' AND late_at > 0);
DROP INDEX cases_list_risk;
CREATE INDEX cases_list_risk ON cases (unit, due_at, id) WHERE state NOT IN ('closed', 'withdrawn') AND (alarm = 'officer' OR overdue);

-- Who else stands for a company, so that a case can be handed on when its member has left.
CREATE INDEX members_number ON members (membership_no) WHERE membership_no <> '';

-- Requests that were brought to their end: what K5 counts.
CREATE INDEX report_renewed ON cases (closed_at, category, unit, confidential, chat) WHERE kind = 'request' AND state = 'closed';
