-- +goose Up
-- What officers have practised: who, which persona in which language, when, and how much of the checklist was met. What was
-- said in an exercise is kept nowhere.
CREATE TABLE exercises (
    id       TEXT NOT NULL PRIMARY KEY,
    staff    TEXT NOT NULL,
    persona  TEXT NOT NULL,
    lang     TEXT NOT NULL,
    began    INTEGER NOT NULL,
    ended    INTEGER NOT NULL,
    met      INTEGER NOT NULL,
    of_items INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX exercises_staff ON exercises (staff, ended);
