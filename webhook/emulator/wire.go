package emulator

import "encoding/json"

// User is a person or the bot.
type User struct {
	ID       int64  `json:"id"`
	Bot      bool   `json:"is_bot"`
	First    string `json:"first_name"`
	Last     string `json:"last_name,omitempty"`
	Username string `json:"username,omitempty"`
	Language string `json:"language_code,omitempty"`
}

// Room is a chat as messages name it.
type Room struct {
	ID    int64  `json:"id"`
	Type  string `json:"type"`
	First string `json:"first_name,omitempty"`
	Last  string `json:"last_name,omitempty"`
}

// Message is a message in the API's own form; so does the members' side show it.
type Message struct {
	ID              int64           `json:"message_id"`
	From            User            `json:"from"`
	Chat            Room            `json:"chat"`
	Date            int64           `json:"date"`
	EditDate        int64           `json:"edit_date,omitempty"`
	Text            string          `json:"text,omitempty"`
	Entities        []Entity        `json:"entities,omitempty"`
	Caption         string          `json:"caption,omitempty"`
	CaptionEntities []Entity        `json:"caption_entities,omitempty"`
	Album           string          `json:"media_group_id,omitempty"`
	Photo           []File          `json:"photo,omitempty"`
	Document        *File           `json:"document,omitempty"`
	Voice           *File           `json:"voice,omitempty"`
	Audio           *File           `json:"audio,omitempty"`
	Video           *File           `json:"video,omitempty"`
	Contact         *Contact        `json:"contact,omitempty"`
	Location        *Location       `json:"location,omitempty"`
	Markup          json.RawMessage `json:"reply_markup,omitempty"`

	plainReply bool // it brought a keyboard that is not inline: it cannot be edited
}

func (m *Message) copy() *Message {
	c := *m
	return &c
}

// Entity is a run of a text that is styled, by UTF-16 offsets.
type Entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
	URL    string `json:"url,omitempty"`
}

// File is any attachment.
type File struct {
	ID     string `json:"file_id"`
	Unique string `json:"file_unique_id"`
	Name   string `json:"file_name,omitempty"`
	MIME   string `json:"mime_type,omitempty"`
	Size   int64  `json:"file_size,omitempty"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
	Path   string `json:"file_path,omitempty"`
}

// Contact is a phone card.
type Contact struct {
	Phone  string `json:"phone_number"`
	First  string `json:"first_name"`
	UserID int64  `json:"user_id,omitempty"`
}

// Location is a point on the map.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// keyboard is any reply_markup.
type keyboard struct {
	Inline []([]inlineButton) `json:"inline_keyboard,omitempty"`
	Reply  []([]replyButton)  `json:"keyboard,omitempty"`
	Remove bool               `json:"remove_keyboard,omitempty"`
}

type inlineButton struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
	URL  string `json:"url"`
}

type replyButton struct {
	Text string `json:"text"`
}

type update struct {
	ID       int64         `json:"update_id"`
	Message  *Message      `json:"message,omitempty"`
	Edited   *Message      `json:"edited_message,omitempty"`
	Callback *callback     `json:"callback_query,omitempty"`
	Standing *memberChange `json:"my_chat_member,omitempty"`
}

type callback struct {
	ID       string   `json:"id"`
	From     User     `json:"from"`
	Message  *Message `json:"message,omitempty"`
	Instance string   `json:"chat_instance"`
	Data     string   `json:"data"`
}

type memberChange struct {
	Chat Room     `json:"chat"`
	From User     `json:"from"`
	Date int64    `json:"date"`
	Old  standing `json:"old_chat_member"`
	New  standing `json:"new_chat_member"`
}

type standing struct {
	User   User   `json:"user"`
	Status string `json:"status"`
}
