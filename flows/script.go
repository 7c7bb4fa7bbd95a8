package flows

import "javab/bot"

// Script is one flow as its admin wrote it.
type Script struct {
	File  string
	Flow  Name
	Title Words
	Enter Enter
	// Draft asks for a new form when the flow is entered: what the member fills it with is kept as its pieces.
	Draft bool
	// AfterCase is the step that follows when a case of this flow is closed.
	AfterCase Name
	// Feature hides the whole flow while that flag of the content is off.
	Feature Name
	// Staff keeps the flow for chats that a member of staff has linked: in all others its command is none.
	Staff bool
	Steps []*Step
}

// Enter says how members reach a flow by themselves.
type Enter struct {
	Command Name
	// Argument is the variable that holds what is written behind the command: a secret.
	Argument Name
	// Case is the button of a case that leads here: the flow is played over whatever the chat stands in.
	Case      Name
	Phrasings map[bot.Lang][]Name
}

// Step is one stop of a script. It goes on to Goto, else to the step below it, unless its body says otherwise.
type Step struct {
	ID   Name
	Body Body
	Goto Name
	// Ends marks `end: done` beside a say.
	Ends bool
	// Pos is where the step begins, whatever stands first in it.
	Pos Pos

	index int // its place in the script
}

// Body is what a step does: one of the types below, each in a file of its own.
type Body interface {
	// enter is played when the conversation arrives at the step. It moves on, or it waits.
	enter(t *turn, s *Step)
	// check looks at what the step names and says, by itself.
	check(c *checker, f *flow, s *Step)
	// exits lists where the step can lead.
	exits(f *flow, s *Step, n *names) []exit
	// reads lists the variables that the step looks at.
	reads(n *names) []read
}

// listener is a Body at which the conversation waits for the member.
type listener interface {
	Body
	hear(t *turn, s *Step)
}

// Say tells the member something.
type SayStep struct{ Text Words }

// Ask asks one question and waits for the answer.
type AskStep struct {
	Text    Words
	Options []Option
	Expect  *Expectation
	Save    Name
	// Optional offers the button "I don't have it".
	Optional bool
	// Else is the step that follows a typed answer that is none of the options.
	Else Name
	// Rows asks for two buttons a row.
	Rows bool
}

// Option is one entry of an ask's options: either a Source (all items of a list) or a button of its own.
type Option struct {
	Source *Source
	Label  Words
	ID     Name
	Goto   Name
	Run    Name
	Set    []Arg
	When   *Condition
	// Feature hides the button while that flag of the content is off.
	Feature Name
	Pos     Pos
}

// Source names a list: of the content ("topics"), or through a variable ("{topic.answers}", "{cases}").
type Source struct {
	List Name // of the content
	Path Name // through a variable
}

// Form asks the questions of a content list, one after the other.
type FormStep struct {
	Source Source
	Save   Name
}

// Walk shows the items of a list one at a time, with next, back and "this step failed".
type WalkStep struct {
	Source Source
	Failed Name
}

// Do asks the program to do something, and goes on by the outcome.
type DoStep struct {
	Action Name
	With   []Arg
	Then   []Outcome
}

// Arg is one argument of a Do, or a preset variable of a Run or an Option.
type Arg struct {
	Name  Name
	Value *Template
}

// Outcome is one way in which an action can end, and the step that answers it.
type Outcome struct {
	Name Name
	Step Name
}

// If goes one way or the other.
type IfStep struct {
	Cond Condition
	Then Name
	Else Name
}

// Run plays another flow and comes back.
type RunStep struct {
	Flow Name
	With []Arg
}

// HandOverStep gives the chat to humans and ends the flow.
type HandOverStep struct {
	Unit   *Template
	Reason *Template
	Topic  *Template
	Pos    Pos
}

// End ends the flow, or returns from it when it was run by another.
type EndStep struct{}
