-- +goose Up
-- What officers have practised: who, which persona in which language, when, and how much of the checklist was met. What was
-- said in an exercise is kept nowhere.
CREATE TABLE exercises (
    id       TEXT NOT NULL PRIMARY KEY,
    staff    TEXT NOT NULL,
    persona  TEXT NOT NULL,
    lang     TEXT NOT NULL,
    began    BIGINT NOT NULL,
    ended    BIGINT NOT NULL,
    met      BIGINT NOT NULL,
    of_items BIGINT NOT NULL
);
CREATE INDEX exercises_staff ON exercises (staff, ended);
