-- +goose Up
-- How many chats come to which step of a flow is counted from what the bot said, for the last days. New rows come at the end.
CREATE INDEX messages_said ON messages (at, flow, chat) WHERE direction = 'out' AND author = 'bot';
