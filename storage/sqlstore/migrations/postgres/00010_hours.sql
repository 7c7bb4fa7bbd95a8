-- +goose Up
-- What people decided about working time: weekly tables, holidays, openings, closures. The sample week and the solar
-- holidays are no rows, they come with the program. Days are counted from 1970-01-01.
CREATE TABLE hours (
    id        TEXT NOT NULL PRIMARY KEY,
    kind      TEXT NOT NULL,
    unit      TEXT NOT NULL,
    first_day BIGINT NOT NULL,
    last_day  BIGINT NOT NULL,
    windows   TEXT NOT NULL,
    name      TEXT NOT NULL,
    source    TEXT NOT NULL,
    confirmed BOOLEAN NOT NULL,
    review    BOOLEAN NOT NULL,
    gone      BOOLEAN NOT NULL,
    author    TEXT NOT NULL,
    at        BIGINT NOT NULL,
    reason    TEXT NOT NULL
);

-- The number of the last change, and the lock of those who make the next one.
CREATE TABLE hours_head (
    id      BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    version BIGINT NOT NULL
);
INSERT INTO hours_head (id, version) VALUES (1, 0);

-- Each change by its number, so that deadlines which were counted by an older one can be counted anew.
CREATE TABLE hours_changes (
    version   BIGINT NOT NULL PRIMARY KEY,
    what      TEXT NOT NULL,
    hours     TEXT NOT NULL,
    unit      TEXT NOT NULL,
    first_day BIGINT NOT NULL,
    last_day  BIGINT NOT NULL,
    counts    BOOLEAN NOT NULL,
    name      TEXT NOT NULL,
    author    TEXT NOT NULL,
    at        BIGINT NOT NULL,
    reason    TEXT NOT NULL
);
