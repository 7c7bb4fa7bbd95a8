package flows

import (
	"strings"
	"time"

	"javab/bot"
)

// Early is what a member sent before anything was asked for it, and the bot could make nothing of: a voice message, a
// picture, a whole story. It waits in the state for the account of a form, which offers to take it over.
type Early struct {
	Words string     `json:"w,omitempty"`
	Files []bot.File `json:"f,omitempty"`
	Album string     `json:"a,omitempty"` // of the last file
	At    int64      `json:"t"`           // of the last message, in unix seconds
}

// The bounds of what waits: the state is read and written with every message.
const (
	earlyFor      = 24 * time.Hour
	maxEarlyWords = 1000 // bytes
	maxEarlyFiles = 4
)

func (e *Early) size() int {
	n := 40 + len(e.Words) + len(e.Album)
	for _, f := range e.Files {
		n += 100 + len(f.ID) + len(f.Handle) + len(f.Kind) + len(f.Name) + len(f.MIME)
	}
	return n
}

// early returns what waits, nil when there is nothing or it is of another day.
func (t *turn) early() *Early {
	if e := t.st.Early; e != nil && t.in.Now.Sub(time.Unix(e.At, 0)) <= earlyFor {
		return e
	}
	return nil
}

// keepEarly has the message wait. It reports false, and keeps nothing of it, when there is no room.
func (t *turn) keepEarly() bool {
	e := Early{Words: t.in.Text, Files: t.in.Files, Album: t.in.Album, At: t.in.Now.Unix()}
	if before := t.early(); before != nil {
		e.Words = strings.TrimSpace(before.Words + "\n" + t.in.Text)
		e.Files = append(before.Files[:len(before.Files):len(before.Files)], t.in.Files...)
	}
	if len(e.Words) > maxEarlyWords || len(e.Files) > maxEarlyFiles {
		return false
	}
	t.st.Early = &e
	return true
}

// keepStory has a text wait that is long enough to be more than a slip or the name of a button.
func (t *turn) keepStory() {
	if len(strings.Fields(t.in.Text)) >= minQuestion {
		t.keepEarly()
	}
}

// fileFirst helps a member who begins with a voice message or a picture: nobody has asked for it, and only people can
// make use of it. Of an album only the first part is answered.
func (t *turn) fileFirst() {
	before := t.early()
	kept := t.keepEarly()
	if t.in.Album != "" && before != nil && before.Album == t.in.Album && kept {
		t.still = true
		return
	}
	t.headFile(kept)
	if _, s := t.here(); s == nil {
		t.begin(Entrance{Flow: Home})
	}
}

// headFile tells whether the file waits, and offers an officer.
func (t *turn) headFile(kept bool) {
	if kept {
		t.head("file.kept", nil)
	} else {
		t.head("file.first", nil)
	}
	t.beside = append(t.beside, t.tool(choiceHuman, "label.officer"))
}

// takeEarly makes what waited part of the account.
func (t *turn) takeEarly(q *question) {
	e := t.early()
	t.collect(q, e.Words, e.Files)
	t.st.Early = nil
	t.head("added", nil)
}
