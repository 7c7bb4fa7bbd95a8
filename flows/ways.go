package flows

// By says what a way out of a step is taken for.
type By string

// What the ways are taken for. ByItself is the way to the next step, without anybody's choice.
const (
	ByItself  By = "itself"
	ByOption  By = "option"  // a button of the script, or all entries of a list
	ByAnswer  By = "answer"  // a typed answer, a file, whatever the ask expects
	BySkip    By = "skip"    // the button "I don't have it"
	ByFailure By = "failure" // the button "this step failed" of a walk
	ByOutcome By = "outcome" // of an action
	ByThen    By = "then"    // the condition holds
	ByElse    By = "else"    // it does not
)

// Way is one transition of a script, as a picture shows it and as two versions are compared.
type Way struct {
	// From is the step that is left, To the id of the one that follows: perhaps one that is not there, and empty when
	// none follows.
	From *Step
	To   string
	By   By
	// Name is the outcome's, or the list's whose entries are the buttons.
	Name string
	// Label is what a button of the script says.
	Label Words
	// Run is a flow that is played on the way; Leaves says that it does not come back.
	Run    string
	Leaves bool
	// Ends says that the flow is over.
	Ends bool
	Pos  Pos
}

// Ways lists all transitions of a script in the order in which it writes them. It needs no other script and no content.
func (s *Script) Ways() []Way {
	f := &flow{s, make(map[string]*Step, len(s.Steps))}
	n := &names{}
	ways := make([]Way, 0, 2*len(s.Steps))
	for _, step := range s.Steps {
		for _, e := range step.Body.exits(f, step, n) {
			ways = append(ways, Way{
				From: step, To: e.to, By: e.by, Name: e.name, Label: e.label, Run: e.run, Leaves: e.leaves, Ends: e.ends, Pos: e.pos,
			})
		}
	}
	return ways
}

// name is how a script calls the list.
func (s *Source) name() string {
	if s.Path.Text != "" {
		return "{" + s.Path.Text + "}"
	}
	return s.List.Text
}
