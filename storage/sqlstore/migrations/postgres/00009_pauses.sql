-- +goose Up
-- Queues that were stopped: who stopped them, and why. A queue without a row goes on.
CREATE TABLE paused_queues (
    unit   TEXT NOT NULL PRIMARY KEY,
    staff  TEXT NOT NULL,
    reason TEXT NOT NULL,
    at     BIGINT NOT NULL
);
