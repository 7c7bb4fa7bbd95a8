package flows

import (
	"strconv"
	"strings"
	"time"

	"javab/bot"
)

// Schema is the number of the State's present form. Older states are still read: fields are added, never renamed.
const Schema = 1

// The bounds of a conversation. Past them the chat goes to an officer, never round in circles.
const (
	MaxStepsPerTurn = 64   // steps played after one input
	MaxTurnsPerRun  = 200  // inputs within one run of a flow
	MaxStateBytes   = 4096 // of the state as JSON, roughly; what lies beneath a visit was measured before
	MaxTrail        = 16   // questions that /back remembers
	MaxDepth        = 5    // flows within flows
	MaxVisits       = 3    // visits over one another
	MaxInline       = 60   // bytes of an answer that the state itself holds; longer ones lie in the draft
	maxFirst        = 200  // bytes of a first message that are remembered while the language is chosen
)

// State is where a chat stands in its scripts. Its JSON is compact: it is read and written with every message.
type State struct {
	Schema int `json:"v"`
	// Bundle is the version of the content with which a pinned chat is played. The engine carries it along.
	Bundle int    `json:"b,omitempty"`
	Flow   string `json:"f,omitempty"`
	Step   string `json:"s,omitempty"`
	// Item is the place within a form or a walk, from 0.
	Item int `json:"i,omitempty"`
	// Token is on the buttons of the question that is being asked.
	Token string `json:"t,omitempty"`
	// Tries counts the answers to it that could not be used.
	Tries int                  `json:"n,omitempty"`
	Vars  map[string]bot.Value `json:"x,omitempty"`
	Stack []Frame              `json:"k,omitempty"`
	// Trail are the marks of the questions that were answered, the last one last, separated by spaces: one string is read
	// and written much faster than a list.
	Trail string      `json:"p,omitempty"`
	Draft bot.DraftID `json:"d,omitempty"`
	// Account is the variable of the draft that late pieces are added to; Pieces counts what the present question got.
	Account string `json:"a,omitempty"`
	Pieces  int    `json:"c,omitempty"`
	// Unit and Confidential say who may read what is said from here on: the chosen category's.
	Unit         bot.UnitID `json:"u,omitempty"`
	Confidential bool       `json:"q,omitempty"`
	Turns        int        `json:"r,omitempty"`
	// Since is when the flow first saved something, in unix seconds; 0 when it has not.
	Since int64 `json:"e,omitempty"`
	// Doubtful is an answer that waits for the member's yes.
	Doubtful *bot.Value `json:"y,omitempty"`
	// Home is the step of the main menu to return to when the flow is over.
	Home string `json:"h,omitempty"`
	// Misses counts the messages in a row that nothing matched.
	Misses int `json:"m,omitempty"`
	// First is what the member wrote first of all; it is answered once his language is chosen.
	First string `json:"w,omitempty"`
	// Offer is a language that the next question offers to go on in.
	Offer bot.Lang `json:"l,omitempty"`
	// Parked says that the chat was handed over here: whatever comes next begins anew.
	Parked bool `json:"o,omitempty"`
	// Wrote says that the draft holds something of the member's.
	Wrote bool `json:"z,omitempty"`
	// Left are the forms that he left half-way: the main menu offers to go on with them.
	Left []Left `json:"j,omitempty"`
	// Early is what he sent before anything was asked for it.
	Early *Early `json:"g,omitempty"`
	// Beneath is where the chat stood when a visit began: whole, with variables and a form of its own.
	Beneath *State `json:"2,omitempty"`
	// Staff says that a member of staff has linked the chat: the flows for staff are found. What he may do there is asked
	// anew each time.
	Staff bool `json:"1,omitempty"`
	// Last is the answer that he read last, "answers/<id>": a short question may go on from it.
	Last string `json:"3,omitempty"`
	// Asked is the id of the question that he asked here in his own words, and Pressed says that he has chosen a button since.
	Asked   string `json:"4,omitempty"`
	Pressed bool   `json:"5,omitempty"`
}

// Frame is a flow that another one interrupted, and the step to go on with.
type Frame struct {
	Flow string `json:"f"`
	Step string `json:"s,omitempty"` // empty: the flow is over
	Item int    `json:"i,omitempty"`
	// Form says that the interrupting flow brought a draft of its own; Draft, Account and Wrote are from before.
	Form    bool        `json:"o,omitempty"`
	Draft   bot.DraftID `json:"d,omitempty"`
	Account string      `json:"a,omitempty"`
	Wrote   bool        `json:"z,omitempty"`
	// Apart says that a command led to it, so that who may read it is its own matter; Unit and Confidential are from before.
	Apart        bool       `json:"c,omitempty"`
	Unit         bot.UnitID `json:"u,omitempty"`
	Confidential bool       `json:"q,omitempty"`
}

// Pinned reports whether the chat must stay with its version of the content: it is inside a flow that saved something.
func (s State) Pinned() bool { return s.PinnedSince() != 0 }

// PinnedFor is how long a chat stays with its version at most.
const PinnedFor = 7 * 24 * time.Hour

// PinnedSince is when a pinned chat has first saved something, in unix seconds; 0 when it is not pinned.
func (s State) PinnedSince() (since int64) {
	if s.Beneath != nil {
		since = s.Beneath.PinnedSince()
	}
	if s.Flow == "" || s.Flow == Home || s.Since == 0 || s.Parked {
		return since
	}
	if since == 0 {
		return s.Since
	}
	return min(since, s.Since)
}

// Idle reports whether the chat stands in no flow.
func (s State) Idle() bool { return s.Flow == "" || s.Parked }

// Visiting reports whether a visit is played over where the chat stands: what the member says now answers that.
func (s State) Visiting() bool { return s.Beneath != nil }

// Engaged reports whether the member is in the middle of something that a new question must not end.
func (s *State) Engaged() bool {
	if s.Visiting() {
		return true
	}
	switch s.Flow {
	case "", Home, AnswerFlow, Unsure, Unknown:
		return s.Draft != ""
	case Welcome:
		return true
	default:
		return s.Since != 0 || s.Draft != "" || len(s.Stack) > 0
	}
}

// size estimates the length of the state as JSON without making it.
func (s *State) size() int {
	n := 120 + len(s.Home) + len(s.Account) + len(s.Flow) + len(s.Step) + len(s.Draft) + len(s.First) + len(s.Unit) + len(s.Last) + len(s.Asked)
	for name, v := range s.Vars {
		n += len(name) + len(v.Text) + len(v.Ref) + 12
		for _, item := range v.Items {
			n += len(item.ID) + len(item.Label) + len(item.Ref) + 20
		}
	}
	for _, f := range s.Stack {
		n += len(f.Flow) + len(f.Step) + len(f.Draft) + len(f.Account) + len(f.Unit) + 55
	}
	for i := range s.Left {
		n += s.Left[i].State.size()
	}
	if s.Early != nil {
		n += s.Early.size()
	}
	return n + len(s.Trail)
}

// mark is where a question was asked, as the trail remembers it: "step", "step:3" for an item of a form or walk, and
// "2.flow.step" within a flow that was run by another.
type mark struct {
	depth int
	flow  string
	step  string
	item  int
}

func (m mark) String() string {
	s := m.step
	if m.depth > 0 {
		s = strconv.Itoa(m.depth) + "." + m.flow + "." + m.step
	}
	if m.item > 0 {
		s += ":" + strconv.Itoa(m.item)
	}
	return s
}

func parseMark(s string) mark {
	var m mark
	s, item, _ := strings.Cut(s, ":")
	m.item, _ = strconv.Atoi(item)
	parts := strings.SplitN(s, ".", 3)
	m.step = parts[len(parts)-1]
	if len(parts) == 3 {
		m.depth, _ = strconv.Atoi(parts[0])
		m.flow = parts[1]
	}
	return m
}

// pushMark adds a mark to a trail, forgetting the oldest when there are too many.
func pushMark(trail string, m mark) string {
	if strings.Count(trail, " ")+1 >= MaxTrail {
		_, trail, _ = strings.Cut(trail, " ")
	}
	if trail == "" {
		return m.String()
	}
	return trail + " " + m.String()
}

// popMark takes the last mark from a trail that is not empty.
func popMark(trail string) (rest string, last mark) {
	space := strings.LastIndexByte(trail, ' ')
	if space < 0 {
		return "", parseMark(trail)
	}
	return trail[:space], parseMark(trail[space+1:])
}
