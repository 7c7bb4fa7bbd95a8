package telegram

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"javab/bot"
	"javab/locales/text"
)

func (r *Receiver) readMessage(in *bot.Inbound, m *message) {
	if !r.place(in, m.Chat, m.From, m.Date) || m.silent() {
		return
	}
	in.Ref = string(m.ID)
	in.Album = string(m.Album)
	in.Text = said(m)
	in.Files = r.files(in.Chat, m)
	switch {
	case len(in.Files) > 0:
		in.Kind = bot.KindFile
	case m.Contact != nil:
		in.Kind, in.Contact = bot.KindContact, contact(m.Contact, m.From)
	case m.Location != nil:
		in.Kind, in.Location = bot.KindLocation, &bot.Location{Latitude: m.Location.Latitude, Longitude: m.Location.Longitude}
	case strings.TrimSpace(in.Text) != "":
		in.Kind = bot.KindText
	default:
		in.Kind = bot.KindOther
	}
}

func (r *Receiver) readEdit(in *bot.Inbound, m *message) {
	if !r.place(in, m.Chat, m.From, max(m.Date, m.EditDate)) {
		return
	}
	in.Kind, in.Ref, in.Text, in.Files = bot.KindEdit, string(m.ID), said(m), r.files(in.Chat, m)
}

// readPress reads a tap. Its message may be missing (too old, or shown by another chat): then the chat is the one with
// the person who pressed. Its data is passed on as it came, for it may be forged and is judged by whoever made it.
func (r *Receiver) readPress(in *bot.Inbound, c *callback) {
	press := &bot.Press{ID: string(c.ID), Data: text.Clean(cut(c.Data, maxPress))}
	var chat *room
	switch {
	case c.Message != nil && c.Message.Chat != nil:
		chat = c.Message.Chat
		if c.Message.Date != 0 { // the API's way of saying that the message is out of reach
			press.Ref = string(c.Message.ID)
		}
	case c.From != nil:
		chat = &room{ID: c.From.ID, Type: "private"}
	}
	if !r.place(in, chat, c.From, 0) {
		return
	}
	if deaf := r.Dialect.deafPress; deaf != "" && strings.HasPrefix(press.ID, deaf) {
		press.ID = ""
	}
	in.Kind, in.Press = bot.KindPress, press
}

func (r *Receiver) readStanding(in *bot.Inbound, c *memberChange) {
	if c.New == nil || !r.place(in, c.Chat, c.From, c.Date) {
		return
	}
	switch c.New.Status {
	case "kicked":
		in.Kind = bot.KindBlocked
	case "member":
		in.Kind = bot.KindUnblocked
	}
}

// said returns a message's text or caption, cleaned; the command of a group ("/start@bot X") without the bot's name and
// in small letters. What follows a command keeps its case: it is the payload of a deep link.
func said(m *message) string {
	words := m.Text
	if words == "" {
		words = m.Caption
	}
	words = text.Clean(words)
	trimmed := strings.TrimSpace(words)
	if !strings.HasPrefix(trimmed, "/") {
		return words
	}
	end := strings.IndexAny(trimmed, " \n\t")
	if end < 0 {
		end = len(trimmed)
	}
	command, _, _ := strings.Cut(trimmed[:end], "@")
	return strings.ToLower(command) + trimmed[end:]
}

// contact reads a phone card. It is the writer's own only when the messenger says whose it is and that is him: a card
// of another person, or one typed in by hand, proves nothing.
func contact(c *card, from *person) *bot.Contact {
	own := from != nil && from.ID != "" && c.UserID == from.ID
	return &bot.Contact{Phone: cut(text.Clean(strings.TrimSpace(c.Phone)), 32), Own: own}
}

// files returns what is attached, each file in its original resolution.
func (r *Receiver) files(chat bot.ChatKey, m *message) []bot.File {
	var files []bot.File
	add := func(kind string, b *body) {
		if b != nil && b.Handle != "" && len(b.Handle) <= 512 {
			files = append(files, bot.File{
				ID: fileID(chat, m.ID, b), Handle: b.Handle, Kind: kind,
				Name: text.FileName(b.Name), MIME: mime(b.MIME), Size: max(b.Size, 0),
			})
		}
	}
	add("photo", largest(m.Photo))
	add("document", m.Document)
	add("voice", m.Voice)
	add("audio", m.Audio)
	add("video", m.Video)
	add("video", m.VideoNote)
	return files
}

// largest picks a photo's original among the sizes it comes in.
func largest(sizes []body) *body {
	var best *body
	for i := range sizes {
		if s := &sizes[i]; best == nil || s.Width*s.Height >= best.Width*best.Height {
			best = s
		}
	}
	return best
}

// fileID names a file for ever, the same at every delivery of its message. It tells nothing of the chat.
func fileID(chat bot.ChatKey, message ident, b *body) string {
	unique := b.Unique
	if unique == "" {
		unique = b.Handle
	}
	sum := sha256.Sum256([]byte(string(chat) + "/" + string(message) + "/" + unique))
	return hex.EncodeToString(sum[:16])
}

// mime keeps a declared type that looks like one. It is a claim; what the file is decides its content.
func mime(declared string) string {
	major, minor, ok := strings.Cut(declared, "/")
	if !ok || major == "" || minor == "" || len(declared) > 100 || strings.ContainsFunc(declared, notPrintable) {
		return ""
	}
	return declared
}

func notPrintable(r rune) bool { return r <= ' ' || r > '~' }

// unix reads seconds of the API, zero as no time.
func unix(seconds int64) time.Time {
	if seconds <= 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0)
}
