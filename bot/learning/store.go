package learning

import (
	"context"
	"time"

	"javab/bot"
	"javab/bot/faq"
)

// Tx is what is written in one transaction.
type Tx interface {
	// PutAside notes that an admin wants to see a cluster no more until it has grown. Again, it takes the place of the former.
	PutAside(ctx context.Context, a Aside) error
	Audit(ctx context.Context, e bot.AuditEntry) error
}

// Reads is what members asked, and what officers answered.
type Reads interface {
	// Questions returns what members asked in their own words from since on and before until, the newest first.
	Questions(ctx context.Context, since, until time.Time, limit int) ([]bot.FreeQuestion, error)
	// OfficerWords returns what officers sent under the keys of jobs. What is confidential, was taken back, or is no officer's,
	// is left out.
	OfficerWords(ctx context.Context, keys []string) (map[string]string, error)
	// Asides returns what was put aside from since on.
	Asides(ctx context.Context, since time.Time) ([]Aside, error)
}

// Store is where questions are kept.
type Store interface {
	Do(ctx context.Context, f func(Tx) error) error
	Reads
}

// Aside is a cluster that an admin wants to see no more until it has grown.
type Aside struct {
	Question string // one of its questions
	N        int    // how many it had
	At       time.Time
	By       bot.StaffID
}

// Content is what the bot knows.
type Content interface {
	// Edition is the content as it is live.
	Edition() Edition
	// Draft is the content as an admin would publish it. Who has drafted what cannot be published has that as it is live.
	Draft(ctx context.Context, who bot.StaffID) (Stock, error)
	// Answered names the answer whose words a message has; empty when it is none.
	Answered(words string) (entry string, lang bot.Lang)
}

// Stock is what an index is made of: how people put things, and what can be meant.
type Stock struct {
	Speech    *faq.Speech
	Documents []faq.Document
}

// Edition is a content and the index that serves it. The index gets better once, in the background: then it is another one.
type Edition struct {
	Version   int
	Index     *faq.Index
	Documents []faq.Document
}
