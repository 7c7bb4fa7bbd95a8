-- +goose Up
-- Finding people and what was said. bytea columns are sealed by the vault, but for *_index.
-- search_key is folded already: 'simple' takes its words as they are. New messages go to the index's pending list, so that
-- a turn's commit does not wait for it. What the bot says is not indexed.
CREATE INDEX messages_words ON messages USING gin (to_tsvector('simple', search_key)) WITH (fastupdate = on)
    WHERE search_key <> '';

-- The words of a member's name, company and membership number; folded, each once.
CREATE TABLE member_words (
    word   text COLLATE "C" NOT NULL,
    member text NOT NULL,
    PRIMARY KEY (word, member)
);
CREATE INDEX member_words_member ON member_words (member);

ALTER TABLE members ADD COLUMN national_id_index bytea;
CREATE INDEX members_national_id ON members (national_id_index) WHERE national_id_index IS NOT NULL;
CREATE INDEX members_phones ON members (phone_index) WHERE phone_index IS NOT NULL;
CREATE INDEX members_company ON members (company) WHERE company <> '';
CREATE INDEX members_new ON members (created_at, id);

-- What somebody of the staff entered about a member. A fact without a row was told by the member himself.
CREATE TABLE member_facts (
    member text NOT NULL,
    field  text NOT NULL,
    staff  text NOT NULL,
    at     bigint NOT NULL,
    PRIMARY KEY (member, field)
);

-- Calls, visits and letters, logged by hand. What was said is a message of the chat.
CREATE TABLE contacts (
    id        text PRIMARY KEY,
    message   bigint NOT NULL,
    member    text NOT NULL,
    name      text NOT NULL,
    channel   text NOT NULL,
    topic     text NOT NULL,
    minutes   bigint NOT NULL,
    case_id   text NOT NULL
);
CREATE UNIQUE INDEX contacts_message ON contacts (message);
CREATE INDEX contacts_member ON contacts (member) WHERE member <> '';
