package telegram

import (
	"encoding/json"
	"strings"
)

// update is the part of a delivery that is read. Every type here is narrow on purpose: a value that is new to us in a
// field that is not named here cannot fail the whole update, which it does in the library's models.
type update struct {
	ID       ident         `json:"update_id"`
	Message  *message      `json:"message"`
	Edited   *message      `json:"edited_message"`
	Callback *callback     `json:"callback_query"`
	Standing *memberChange `json:"my_chat_member"`
}

type message struct {
	ID        ident     `json:"message_id"`
	From      *person   `json:"from"`
	Chat      *room     `json:"chat"`
	Date      int64     `json:"date"`
	EditDate  int64     `json:"edit_date"`
	Text      string    `json:"text"`
	Caption   string    `json:"caption"`
	Album     ident     `json:"media_group_id"`
	Contact   *card     `json:"contact"`
	Location  *place    `json:"location"`
	Photo     []body    `json:"photo"`
	Document  *body     `json:"document"`
	Voice     *body     `json:"voice"`
	Audio     *body     `json:"audio"`
	Video     *body     `json:"video"`
	VideoNote *body     `json:"video_note"`
	Pinned    *struct{} `json:"pinned_message"`
	Timer     *struct{} `json:"message_auto_delete_timer_changed"`
	Access    *struct{} `json:"write_access_allowed"`
	Wallpaper *struct{} `json:"chat_background_set"`
}

// silent reports a service message that asks for no answer.
func (m *message) silent() bool {
	return m.Pinned != nil || m.Timer != nil || m.Access != nil || m.Wallpaper != nil
}

type person struct {
	ID       ident  `json:"id"`
	First    string `json:"first_name"`
	Last     string `json:"last_name"`
	Language string `json:"language_code"`
}

type room struct {
	ID   ident  `json:"id"`
	Type string `json:"type"`
}

// private reports a chat with one person. Where the type is missing a negative id tells a group.
func (r *room) private() bool {
	if r.Type == "" {
		return !strings.HasPrefix(string(r.ID), "-")
	}
	return r.Type == "private"
}

type card struct {
	Phone  string `json:"phone_number"`
	UserID ident  `json:"user_id"`
}

type place struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// body is any file: a document, a voice message, one size of a photo.
type body struct {
	Handle string `json:"file_id"`
	Unique string `json:"file_unique_id"`
	Name   string `json:"file_name"`
	MIME   string `json:"mime_type"`
	Size   int64  `json:"file_size"`
	Width  int64  `json:"width"`
	Height int64  `json:"height"`
}

type callback struct {
	ID      ident    `json:"id"`
	From    *person  `json:"from"`
	Message *message `json:"message"`
	Data    string   `json:"data"`
}

type memberChange struct {
	Chat *room   `json:"chat"`
	From *person `json:"from"`
	Date int64   `json:"date"`
	New  *struct {
		Status string `json:"status"`
	} `json:"new_chat_member"`
}

// ident is an id of the messenger, which some write as a number and some as a string. Anything else reads as no id.
type ident string

// maxIdent bounds an id; press ids have about 20 digits, file handles are not idents.
const maxIdent = 64

// UnmarshalJSON never fails: an id that cannot be used is no id, and the update around it is still read.
func (i *ident) UnmarshalJSON(raw []byte) error {
	*i = ""
	literal := raw
	if len(raw) > 1 && raw[0] == '"' {
		literal = raw[1 : len(raw)-1]
	} else if string(raw) == "null" {
		return nil
	}
	if usable(literal) {
		*i = ident(literal)
	}
	return nil
}

// usable keeps ids to letters, digits, dash and underscore: a colon would break the chat key.
func usable(id []byte) bool {
	if len(id) == 0 || len(id) > maxIdent {
		return false
	}
	for _, c := range id {
		if c != '-' && c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

var _ json.Unmarshaler = (*ident)(nil)
