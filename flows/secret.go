package flows

import (
	"cmp"
	"strings"
)

// A secret is what a member says once and nobody may read later: the code of an authenticator, or the words behind a
// command that links a chat. Scripts know it in that very turn, for the action that follows; no state keeps it, and
// whoever keeps the record of the chat asks Unsaid first.

// whisper gives the turn a secret under a variable's name.
func (t *turn) whisper(name, words string) {
	if name == "" || words == "" {
		return
	}
	if t.secrets == nil {
		t.secrets = map[string]string{}
	}
	t.secrets[name] = words
}

// Unsaid is a message as the record of a chat that stands at st may keep it: dots in the place of a secret.
func (p *Program) Unsaid(st State, message string) string {
	if command, argument, slashed := slash(message); slashed {
		f, known := p.available(cmp.Or(p.commands[command], p.staff[command]))
		if !known || f.Enter.Argument.Text == "" || argument == "" {
			return message
		}
		return "/" + command + " " + Dots
	}
	f, known := p.available(st.Flow)
	if !known || f.steps[st.Step] == nil || strings.TrimSpace(message) == "" {
		return message
	}
	if ask, asks := f.steps[st.Step].Body.(*AskStep); asks && ask.Expect.secret() {
		return Dots
	}
	return message
}

// Dots stand in the record where something was said that nothing keeps.
const Dots = "•••"

// secret checks that the step which follows on a secret hands it to an action: no later one knows it any more.
func (c *checker) secret(f *flow, next *Step, name Name) {
	if next != nil {
		if _, acts := next.Body.(*DoStep); acts {
			return
		}
	}
	c.fail(f, name.Pos, "secret.later", "Name", name.Text)
}
