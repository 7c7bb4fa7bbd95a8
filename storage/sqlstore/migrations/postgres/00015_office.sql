-- +goose Up
-- All approvals of a case, decided or not.
CREATE INDEX approvals_case ON approvals (number, asked_at) WHERE number <> '';
