-- +goose Up
-- What members asked in their own words, without what is personal, and what became of it. See bot.FreeQuestion.
CREATE TABLE questions (
    id TEXT PRIMARY KEY,
    chat TEXT NOT NULL,
    at BIGINT NOT NULL,
    lang TEXT NOT NULL,
    class TEXT NOT NULL,
    text TEXT NOT NULL,
    top TEXT NOT NULL,
    p DOUBLE PRECISION NOT NULL,
    action TEXT NOT NULL,
    pressed TEXT NOT NULL,
    hand_over TEXT NOT NULL,
    reply TEXT NOT NULL,
    ready TEXT NOT NULL,
    bundle BIGINT NOT NULL
);
CREATE INDEX questions_at ON questions (at);
CREATE INDEX questions_hand_over ON questions (hand_over) WHERE hand_over <> '';
