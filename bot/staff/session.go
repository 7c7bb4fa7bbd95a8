package staff

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"javab/bot"
)

// Stage says what a session opens.
type Stage string

// After the password a session opens the second factor's page alone, or the one where it is set up; with a password that
// somebody else chose, the one where a new one is chosen; then everything that the person's role may do.
const (
	StageCode   Stage = "code"
	StageEnrol  Stage = "enrol"
	StageChange Stage = "change"
	StageOpen   Stage = "open"
)

// How long a session is good for.
const (
	Idle     = 30 * time.Minute // then it is locked: the code alone opens it again
	Absolute = 12 * time.Hour   // then it is over
	Halfway  = 10 * time.Minute // of a session that waits for its second factor
	FreshFor = 5 * time.Minute  // how old a code may be for what asks for one anew

	touchEvery = time.Minute // signs of life nearer to each other are not written
)

// Session is one browser that somebody has signed in with.
type Session struct {
	ID        string // hash of the token that the browser has; who reads the database cannot become anybody
	Staff     bot.StaffID
	Stage     Stage
	CreatedAt time.Time // at the password
	SeenAt    time.Time // when the person last did something; zero: he locked it
	CodeAt    time.Time // when he last proved his second factor
	From      string    // address
	Agent     string    // what the browser calls itself
}

// Over reports whether the session opens nothing any more.
func (s Session) Over(now time.Time) bool {
	limit := Absolute
	if s.Stage == StageCode || s.Stage == StageEnrol {
		limit = Halfway
	}
	return !now.Before(s.CreatedAt.Add(limit))
}

// Locked reports whether the session waits for a code after a pause.
func (s Session) Locked(now time.Time) bool {
	return s.Stage != StageCode && s.Stage != StageEnrol && !now.Before(s.SeenAt.Add(Idle))
}

// Fresh reports whether the second factor was proven just now.
func (s Session) Fresh(now time.Time) bool { return now.Before(s.CodeAt.Add(FreshFor)) }

// newToken makes what a browser keeps: 130 bits.
func newToken() string { return rand.Text() }

// SessionID is the name under which the session of a token is kept.
func SessionID(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// renewed gives the session a new token, so that one that somebody saw before is worth nothing.
func (s Session) renewed() (Session, string) {
	token := newToken()
	s.ID = SessionID(token)
	return s, token
}
