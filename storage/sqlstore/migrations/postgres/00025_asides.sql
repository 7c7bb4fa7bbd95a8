-- +goose Up
-- Which of the things that nobody answered an admin wants to see no more until they have grown, by one of their questions.
CREATE TABLE question_asides (
    question TEXT PRIMARY KEY,
    n        BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    staff    TEXT NOT NULL
);
