-- +goose Up
-- How a member calls himself at his messenger, so that a case has a name before anybody has proven who he is.
ALTER TABLE cases ADD COLUMN name TEXT NOT NULL DEFAULT '';
