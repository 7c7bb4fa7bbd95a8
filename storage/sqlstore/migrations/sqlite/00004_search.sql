-- +goose Up
-- Finding people and what was said. BLOB columns are sealed by the vault, but for *_index.
-- The index of messages keeps words, not texts: search_key is folded already, so that words are what stands between its
-- spaces (tokenizer ascii), and no letter is touched again. It forgets what is deleted at once (secure-delete).
CREATE VIRTUAL TABLE message_words USING fts5(
    search_key, content='messages', content_rowid='id', tokenize='ascii', columnsize=0, detail=column
);
INSERT INTO message_words (message_words, rank) VALUES ('secure-delete', 1);
INSERT INTO message_words (message_words, rank) VALUES ('automerge', 16); -- a turn's commit merges less
INSERT INTO message_words (rowid, search_key) SELECT id, search_key FROM messages WHERE search_key <> '';

-- +goose StatementBegin
CREATE TRIGGER messages_found AFTER INSERT ON messages WHEN new.search_key <> '' BEGIN
    INSERT INTO message_words (rowid, search_key) VALUES (new.id, new.search_key);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER messages_lost AFTER DELETE ON messages WHEN old.search_key <> '' BEGIN
    INSERT INTO message_words (message_words, rowid, search_key) VALUES ('delete', old.id, old.search_key);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER messages_reworded AFTER UPDATE OF search_key ON messages WHEN old.search_key <> new.search_key BEGIN
    INSERT INTO message_words (message_words, rowid, search_key)
        SELECT 'delete', old.id, old.search_key WHERE old.search_key <> '';
    INSERT INTO message_words (rowid, search_key) SELECT new.id, new.search_key WHERE new.search_key <> '';
END;
-- +goose StatementEnd

-- The words of a member's name, company and membership number; folded, each once.
CREATE TABLE member_words (
    word   TEXT NOT NULL,
    member TEXT NOT NULL,
    PRIMARY KEY (word, member)
) WITHOUT ROWID;
CREATE INDEX member_words_member ON member_words (member);

ALTER TABLE members ADD COLUMN national_id_index BLOB;
CREATE INDEX members_national_id ON members (national_id_index) WHERE national_id_index IS NOT NULL;
CREATE INDEX members_phones ON members (phone_index) WHERE phone_index IS NOT NULL;
CREATE INDEX members_company ON members (company) WHERE company <> '';
CREATE INDEX members_new ON members (created_at, id);

-- What somebody of the staff entered about a member. A fact without a row was told by the member himself.
CREATE TABLE member_facts (
    member TEXT NOT NULL,
    field  TEXT NOT NULL,
    staff  TEXT NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (member, field)
) WITHOUT ROWID;

-- Calls, visits and letters, logged by hand. What was said is a message of the chat.
CREATE TABLE contacts (
    id        TEXT PRIMARY KEY,
    message   INTEGER NOT NULL,
    member    TEXT NOT NULL,
    name      TEXT NOT NULL,
    channel   TEXT NOT NULL,
    topic     TEXT NOT NULL,
    minutes   INTEGER NOT NULL,
    case_id   TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX contacts_message ON contacts (message);
CREATE INDEX contacts_member ON contacts (member) WHERE member <> '';
