-- +goose Up
-- The counts of the desk's tabs are read from here alone: two hundred officers ask for them all the time.
CREATE INDEX handovers_tabs ON handovers (state, unit, holder, named, confidential, chat) WHERE state <> 'ended';
