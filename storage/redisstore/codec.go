package redisstore

import (
	"encoding/binary"
	"errors"
	"time"

	"javab/bot"
	"javab/storage"
)

// The first byte of a value; another one is not read, but counts as a miss. Values of muted chats have a second time:
// programs that know nothing of it look into SQL.
const (
	version      = 1
	versionMuted = 2
)

// The bits of the flags.
const (
	flagChosen = 1 << iota
	flagBlocked
)

var errValue = errors.New("hot state: the value cannot be read")

// encode packs a chat: JSON would be 150 bytes longer.
func encode(c bot.Chat) []byte {
	var flags byte
	if c.Chosen {
		flags |= flagChosen
	}
	if c.Blocked {
		flags |= flagBlocked
	}
	b := make([]byte, 0, 48+len(c.Member)+len(c.State))
	b = append(b, version, flags)
	b = binary.BigEndian.AppendUint64(b, uint64(c.Rev))
	b = binary.AppendVarint(b, storage.Millis(c.Since))
	if !c.MutedUntil.IsZero() {
		b[0] = versionMuted
		b = binary.AppendVarint(b, storage.Millis(c.MutedUntil))
	}
	for _, s := range []string{string(c.Lang), string(c.Mode), string(c.Member)} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	return append(b, c.State...)
}

// decode is the inverse of encode.
func decode(key bot.ChatKey, b []byte) (bot.Chat, error) {
	if len(b) < 10 || b[0] != version && b[0] != versionMuted {
		return bot.Chat{}, errValue
	}
	muted := b[0] == versionMuted
	c := bot.Chat{
		Key: key, Chosen: b[1]&flagChosen != 0, Blocked: b[1]&flagBlocked != 0, Rev: int64(binary.BigEndian.Uint64(b[2:])),
	}
	b = b[10:]
	for _, at := range []struct {
		there bool
		into  *time.Time
	}{{true, &c.Since}, {muted, &c.MutedUntil}} {
		if !at.there {
			continue
		}
		ms, n := binary.Varint(b)
		if n <= 0 {
			return bot.Chat{}, errValue
		}
		*at.into, b = storage.Instant(ms), b[n:]
	}
	var parts [3]string
	for i := range parts {
		size, n := binary.Uvarint(b)
		if n <= 0 || size > uint64(len(b)-n) {
			return bot.Chat{}, errValue
		}
		parts[i] = string(b[n : n+int(size)])
		b = b[n+int(size):]
	}
	c.Lang, c.Mode, c.Member = bot.Lang(parts[0]), bot.Mode(parts[1]), bot.MemberID(parts[2])
	c.State = b
	return c, nil
}
