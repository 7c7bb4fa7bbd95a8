package bot

// Style says how a piece of text is shown. A channel without markup shows it plain.
type Style string

// The styles. Code is for what people copy: case numbers.
const (
	Plain Style = ""
	Bold  Style = "bold"
	Code  Style = "code"
)

// Segment is a run of text in one style. Its text is final: values are in it, isolated for direction, not escaped.
// A segment with Draft set stands for a long value that is kept in the draft, and is filled in before sending.
type Segment struct {
	Text  string `json:"t,omitempty"`
	Style Style  `json:"s,omitempty"`
	Draft string `json:"d,omitempty"`
}

// Choice is one button: what it says and what a press of it brings back (ASCII, at most 64 bytes).
type Choice struct {
	Label string `json:"l"`
	Data  string `json:"d"`
	// Beside asks to stand in the same row as the choice before it, where the channel finds room.
	Beside bool `json:"b,omitempty"`
}

// Outbound is a message to a member, still free of any messenger's markup. A channel's adapter renders it: it escapes,
// splits what is too long, lays out the buttons (rows reversed for right-to-left languages) and degrades what it lacks.
type Outbound struct {
	Lang     Lang      `json:"lang"`
	Segments []Segment `json:"seg,omitempty"`
	Choices  []Choice  `json:"opt,omitempty"`
	// Private words are sent and not kept: the chat's record has dots in their place.
	Private bool `json:"-"`
	// AskContact, when set, is the label of a button that shares the member's own phone card.
	AskContact string `json:"contact,omitempty"`
	// Replace is the message (Inbound.Press.Ref) that this one takes the place of, where the channel can edit.
	Replace string `json:"re,omitempty"`
	// Document is a file of ours to send.
	Document *Document `json:"doc,omitempty"`
	// File is a kept file to send; its body is found by its id.
	File *File `json:"file,omitempty"`
	// Amends is the key of the job that sent the message which this one takes the place of; with Withdraw the message
	// goes, and nothing comes in its place.
	Amends   string `json:"amends,omitempty"`
	Withdraw bool   `json:"withdraw,omitempty"`
}

// Document is a small file that Javab itself makes for a member, such as the copy of his data.
type Document struct {
	Name string `json:"name"`
	MIME string `json:"mime"`
	Body []byte `json:"body"`
}

// Plain returns the text without styles, as it is kept in the conversation's record.
func (o Outbound) Plain() string {
	if len(o.Segments) == 1 {
		return o.Segments[0].Text
	}
	var n int
	for _, s := range o.Segments {
		n += len(s.Text)
	}
	text := make([]byte, 0, n)
	for _, s := range o.Segments {
		text = append(text, s.Text...)
	}
	return string(text)
}
