package studio

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"javab/bot"
	"javab/flows"
	"javab/flows/texts"
)

// Hash names a body by its SHA-256, in hex. The same body is kept once, in however many versions it stands. The empty
// Hash names nothing: a file that is not there.
type Hash string

// HashOf names a body.
func HashOf(body []byte) Hash {
	sum := sha256.Sum256(body)
	return Hash(hex.EncodeToString(sum[:]))
}

// File is one file of a version.
type File struct {
	Hash  Hash `json:"h"`
	Since int  `json:"v"` // the version in which it came to be as it is
}

// Version is one immutable whole content.
type Version struct {
	Number int
	By     bot.StaffID // who published it; empty: the program or the shell
	Agreed bot.StaffID // who said yes to it, when a second person was asked
	At     time.Time
	Note   string
	From   int // the version that was live before, which it was made of; 0 for the first
	Files  map[string]File
}

// Hash names the body of one of its files; it is empty when the version has no such file.
func (v Version) Hash(name string) Hash { return v.Files[name].Hash }

// Listed is a version as lists show it.
type Listed struct {
	Version
	Live  bool
	Chats int // that stay with it because they are inside a flow that has saved something; live: those that do so too
}

// Draft is one admin's new body of one file, over the version in which he began.
type Draft struct {
	By   bot.StaffID
	Name string
	From int  // the version in which he began, or with which he has merged since
	Base Hash // of the body that the draft began with; empty: there was no such file
	Body []byte
	Gone bool // the file shall go; Body is empty
	Rev  int  // another one after each save
	At   time.Time
}

// Hash names the draft's body; it is empty when the file shall go.
func (d Draft) Hash() Hash {
	if d.Gone {
		return ""
	}
	return HashOf(d.Body)
}

// Sheet is a file as one admin sees it: with his own draft, when he has one, else as it is live.
type Sheet struct {
	Name string
	Body []byte
	// Rev is what Save must be told: of the draft, else the number of the live version that was read.
	Rev     int
	Base    int  // the version that the draft was begun over; without one, the live version
	Live    int  // the number of the live version
	Drafted bool // the reader has a draft of it
	Gone    bool // which takes the file away
	New     bool // which is of a file that is not live
	Moved   bool // live's body is no longer the one that the draft began with: Merge
	// Clashes says that what changed meanwhile cannot be put together with the draft by itself. It keeps Publish back.
	Clashes  bool
	Others   []bot.StaffID // who else has a draft of it
	Changed  int           // the version in which the live body came to be; 0 for a new file
	By       bot.StaffID   // and who made that version
	At       time.Time     // and when; of a draft: when it was last saved
	Errors   int           // problems in it, of the content as it would be published
	Warnings int
}

// Choice says which of two texts that clash shall stand.
type Choice string

// The admin's own text, or the one that was published meanwhile.
const (
	Mine   Choice = "mine"
	Theirs Choice = "theirs"
)

// Publishing is what an admin says when he publishes.
type Publishing struct {
	Note     string // what changed and why, in his words
	Warnings bool   // he has seen the warnings
	Words    bool   // he has seen what the dialogues say now, and they shall be rewritten
}

// Outcome is what came of Publish. Beside an error it tells what the content was refused for.
type Outcome struct {
	Version   int             // which is live now; 0 when it is not
	Waiting   string          // the id of the Request that waits for a second person or for its hour
	Due       time.Time       // when it goes out by itself; zero: only by a second person's yes
	Problems  []flows.Problem // of the whole content
	Rehearsal Rehearsal       // empty when it was not played
	// Clashes are what cannot be put together with what was published meanwhile, by file.
	Clashes map[string][]texts.Clash
}

// Rules say who may publish alone.
type Rules struct {
	Second bool          `json:"second"` // a second admin must say yes
	Alone  time.Duration `json:"alone"`  // after which the only admin's goes out without; 0: UsualWait
}

// UsualWait is how long the content of an only admin waits when a second person is asked for.
const UsualWait = 24 * time.Hour

// Wait is how long the content of an only admin waits.
func (r Rules) Wait() time.Duration {
	if r.Alone > 0 {
		return r.Alone
	}
	return UsualWait
}

// Request is content that has been proven and waits for a second person.
type Request struct {
	ID       string
	By       bot.StaffID
	At       time.Time
	Note     string
	From     int // the version that was live; when another is, the request is void
	Files    map[string]File
	Drafts   map[string]Proven // its author's, which it takes in
	Due      time.Time         // when it goes out by itself, since there is nobody else; zero: never
	State    RequestState
	Decider  bot.StaffID
	Decided  time.Time
	Reason   string
	Released int // the version that it became
}

// Proven is a draft as it was when it was proven.
type Proven struct {
	Rev  int  `json:"r"`
	Hash Hash `json:"h"` // empty: the file goes
}

// RequestState says what became of a Request.
type RequestState string

// A request waits; is out, refused, taken back by its author, or void because something else was published or the program
// cannot read it any more.
const (
	Open      RequestState = "open"
	Out       RequestState = "out"
	Refused   RequestState = "refused"
	Withdrawn RequestState = "withdrawn"
	Void      RequestState = "void"
)

// Proposal is what an officer says about a text of the bot: that it is wrong, and how it should read.
type Proposal struct {
	ID    string
	By    bot.StaffID
	At    time.Time
	Chat  bot.ChatKey // in which he noticed it; may be empty
	Entry string      // what it is about: "answers/fees", "flow/complaint/describe"
	Lang  bot.Lang    // of the text; empty: all of them
	Wrong string      // what is wrong with it
	Words string      // how it should read; may be empty
	State ProposalState
	// What became of it.
	Decider bot.StaffID
	Decided time.Time
	Answer  string
	Seen    bool // the officer has read the answer
}

// ProposalState says what became of a Proposal.
type ProposalState string

// A proposal waits; was taken as it is, taken in other words, or refused.
const (
	Proposed ProposalState = "proposed"
	Taken    ProposalState = "taken"
	Reworded ProposalState = "reworded"
	Declined ProposalState = "declined"
)

// Decision is an admin's answer to a Proposal.
type Decision struct {
	State  ProposalState // Taken, Reworded or Declined
	Answer string        // to the officer; a refusal needs one
}

// Head is where the content stands.
type Head struct {
	Live     int             // 0: nothing was ever published
	Last     int             // the highest number given out
	Defaults map[string]Hash // the program's own bodies that the chamber has been offered and passed
	Rules    Rules
}
