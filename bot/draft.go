package bot

import (
	"slices"
	"time"
)

// Piece is one part of what a member fills a form with: an answer, a fragment of an account, a file. Pieces are rows of
// their own, written as they arrive, so that nothing is lost and the chat's state stays small.
type Piece struct {
	Draft DraftID
	Field string // the script's variable
	Text  string
	File  *File
	// Append keeps what was there before; else the piece replaces the field.
	Append bool
	At     time.Time
}

// Draft is a form that is being filled, as it is read back for the summary and for the case.
type Draft struct {
	ID     DraftID
	Chat   ChatKey
	Pieces []Piece // in the order in which they came
}

// Text joins the texts of one field, a piece a line.
func (d Draft) Text(field string) string {
	var text string
	for _, p := range d.Pieces {
		if p.Field != field || p.Text == "" {
			continue
		}
		if text != "" {
			text += "\n"
		}
		text += p.Text
	}
	return text
}

// Files returns the files of one field.
func (d Draft) Files(field string) []File {
	var files []File
	for _, p := range d.Pieces {
		if p.Field == field && p.File != nil {
			files = append(files, *p.File)
		}
	}
	return files
}

// With returns the draft as it is once the pieces of the same draft are added.
func (d Draft) With(pieces []Piece) Draft {
	for _, p := range pieces {
		if p.Draft != d.ID {
			continue
		}
		if !p.Append {
			d.Pieces = slices.DeleteFunc(slices.Clone(d.Pieces), func(old Piece) bool { return old.Field == p.Field })
		}
		d.Pieces = append(slices.Clip(d.Pieces), p)
	}
	return d
}
