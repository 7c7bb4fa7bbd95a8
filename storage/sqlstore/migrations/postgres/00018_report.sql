-- +goose Up
-- What reports count is found by when it happened: deadlines broken and kept, first answers, filings, disputes, and what
-- staff wrote to members. The indexes hold what is counted, so that the rows themselves are read for lists alone.
CREATE INDEX report_breached ON cases (breached_at, kind, unit, confidential, chat, state, due_at, delivered_at, closed_at, runs_since, tried) WHERE breached_at > 0;
CREATE INDEX report_due ON cases (due_at, breached_at, kind, unit, confidential, chat, state, delivered_at, closed_at, runs_since, tried) WHERE breached_at = 0;
CREATE INDEX report_answered ON cases (answered_at, opened_at, unit, confidential, chat) WHERE answered_at > 0;
CREATE INDEX report_waiting ON cases (opened_at, answered_at, state, unit, confidential, chat) WHERE answered_at = 0;
CREATE INDEX report_opened ON cases (opened_at, kind, unit, confidential, chat, category, cause, dispute);
CREATE INDEX report_disputes ON cases (opened_at) WHERE dispute;
CREATE INDEX report_contacts ON messages (at, chat, unit, confidential, deleted_at) WHERE direction = 'out' AND author <> 'bot' AND author <> 'member';
