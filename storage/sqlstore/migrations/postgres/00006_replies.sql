-- +goose Up
-- How often each ready reply is sent is counted without reading all that was ever said.
CREATE INDEX messages_replies ON messages (at, step) WHERE flow = 'replies';
