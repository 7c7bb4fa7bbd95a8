package telegram

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"javab/bot"
	"javab/locales/text"
)

// Receiver reads what a messenger delivers. It is pure: bytes in, words out.
type Receiver struct {
	Dialect Dialect
	// Account is the middle part of the chats' keys, Channel.Account.
	Account string
	// Secrets are the webhook's secret and, while it is being changed, the one before. Empty ones match nothing.
	Secrets []string
}

// ErrSecret says that a delivery did not bring a secret of ours.
var ErrSecret = errors.New("wrong webhook secret")

// Verify compares the secret that came with a delivery with each of ours, in constant time.
func (r *Receiver) Verify(got string) error {
	given := sha256.Sum256([]byte(got))
	match := 0
	for _, secret := range r.Secrets {
		if secret != "" {
			own := sha256.Sum256([]byte(secret))
			match |= subtle.ConstantTimeCompare(given[:], own[:])
		}
	}
	if match != 1 || got == "" {
		return ErrSecret
	}
	return nil
}

// Key returns what a delivery is receipted by: its update id, or the hash of its bytes when it has none to use. It never
// fails.
func (r *Receiver) Key(raw []byte) (string, error) {
	var head struct {
		ID ident `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		return hashKey(raw), nil
	}
	return key(head.ID, raw), nil
}

// key accepts positive numbers alone: all deliveries without a proper id would else share one receipt and swallow one
// another.
func key(id ident, raw []byte) string {
	if n, err := strconv.ParseInt(string(id), 10, 64); err != nil || n <= 0 {
		return hashKey(raw)
	}
	return string(id)
}

func hashKey(raw []byte) string {
	sum := sha256.Sum256(raw)
	return "sha256-" + hex.EncodeToString(sum[:])
}

// Parse returns the delivery in our words. A kind of update that nobody here answers is bot.KindIgnored, content that no
// flow can read is bot.KindOther; neither is an error. With an error, which means that these bytes are no update at
// all, the Inbound still has its receipt. It keeps raw. At is zero where the messenger tells no time, as for a press.
func (r *Receiver) Parse(raw []byte) (bot.Inbound, error) {
	var u update
	err := json.Unmarshal(raw, &u)
	if mismatch, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && mismatch.Field != "" {
		err = nil // a field of another type than expected is a missing field; all others have been read
	}
	in := bot.Inbound{
		Receipt: bot.ReceiptKey{Source: r.Dialect.Channel, ID: key(u.ID, raw)},
		Kind:    bot.KindIgnored,
		Raw:     raw,
	}
	if err != nil {
		return in, fmt.Errorf("read update: %w", err)
	}
	switch {
	case u.Message != nil:
		r.readMessage(&in, u.Message)
	case u.Edited != nil:
		r.readEdit(&in, u.Edited)
	case u.Callback != nil:
		r.readPress(&in, u.Callback)
	case u.Standing != nil:
		r.readStanding(&in, u.Standing)
	case u.ID == "":
		return in, errors.New("read update: it has neither an id nor a content")
	}
	if in.Kind == bot.KindIgnored {
		in.Chat, in.From = "", bot.Sender{} // nothing happens in any chat
	}
	return in, nil
}

// place says where and from whom something came, and reports whether that is a chat with one person.
func (r *Receiver) place(in *bot.Inbound, chat *room, from *person, date int64) bool {
	if chat == nil || chat.ID == "" || !chat.private() {
		return false
	}
	in.Chat = bot.NewChatKey(r.Dialect.Channel, r.Account, string(chat.ID))
	in.From = sender(from, chat.ID)
	in.At = unix(date)
	return true
}

// sender names who wrote; in a private chat without a sender that is the chat itself.
func sender(from *person, chat ident) bot.Sender {
	if from == nil || from.ID == "" {
		return bot.Sender{ID: string(chat)}
	}
	name := from.First
	if from.Last != "" {
		name += " " + from.Last
	}
	return bot.Sender{ID: string(from.ID), Name: cut(text.Name("", name), 128), Lang: languageTag(from.Language)}
}

// languageTag keeps what looks like a tag ("fa", "zh-hans"): it is a guess of the messenger's, and only data.
func languageTag(tag string) string {
	if len(tag) > 16 || !usable([]byte(tag)) {
		return ""
	}
	return tag
}

// cut bounds a short text to n bytes, at a whole letter.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
