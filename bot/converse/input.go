package converse

import (
	"strings"

	"javab/bot"
	"javab/flows"
)

// asked is the inbound as the engine takes it.
func (r *run) asked() flows.Input {
	in := flows.Input{
		Kind: r.in.Kind, Text: r.in.Text, Contact: r.in.Contact, Location: r.in.Location,
		Files: r.in.Files, Album: r.in.Album, Event: r.in.Event, First: r.state.Schema == 0,
	}
	if r.in.Press != nil {
		in.Choice, _ = flows.ParsePress(r.in.Press.Data)
		in.Visit, _ = r.script.Program.Pressed(r.in.Press.Data)
	}
	in.Enter, _ = r.resumed()
	return r.input(in)
}

// resumed is where the bot goes on after an officer: at the after_case step of the flow that handed over, else at the
// main menu when it shall greet; and where a trial begins. It reports false when there is nothing to go on with, when the member is filling a form,
// or when another officer has the chat.
func (r *run) resumed() (flows.Entrance, bool) {
	if r.in.Event == bot.EventEnter {
		flow, step, _ := strings.Cut(r.in.Flow, "/")
		return flows.Entrance{Flow: flow, Step: step, Vars: r.state.Vars}, true
	}
	if r.in.Event != bot.EventClosed && r.in.Event != bot.EventGreet || r.chat.Mode != bot.ModeBot || r.state.Pinned() {
		return flows.Entrance{}, false
	}
	if entrance, ok := r.script.Program.AfterCase(r.in.Flow); ok {
		return entrance, true
	}
	return flows.Entrance{Flow: flows.Home}, r.in.Event == bot.EventGreet
}

// input adds what is the same for every input of this turn.
func (r *run) input(in flows.Input) flows.Input {
	in.Lang, in.Now, in.Token, in.Draft = r.chat.Lang, r.now, r.token, r.draft
	in.Match = r.match
	return in
}

// match asks the matcher about a text, once: what was made of it when the turn was planned stands when it must be planned
// anew.
func (r *run) match(words string) flows.Match {
	said := spoken{r.chat.Lang, words}
	if m, known := r.matched[said]; known {
		return m
	}
	m := r.turn.Matcher.Match(Ask{
		Lang: r.chat.Lang, Text: words, Last: r.state.Last, Free: !r.state.Engaged() && !r.state.Confidential,
	})
	if r.matched == nil {
		r.matched = map[spoken]flows.Match{}
	}
	r.matched[said] = m
	return m
}

// silent reports whether the bot has nothing to say to this: the record alone takes it. While a chat waits for an
// officer or is held by one, what the member writes is for the officer; buttons and commands still work, and so does what
// the bot has asked because of a button.
func (r *run) silent() bool {
	switch r.in.Kind {
	case bot.KindBlocked, bot.KindUnblocked, bot.KindIgnored:
		return true
	case bot.KindEvent:
		_, resumed := r.resumed()
		return !resumed && (r.in.Event == bot.EventClosed || r.in.Event == bot.EventGreet)
	}
	fast := r.tooFast()
	if r.in.Kind == bot.KindPress {
		return false
	}
	if fast {
		return true
	}
	if r.chat.Mode == bot.ModeBot || r.script.Program.IsCommand(r.in.Text) {
		return false
	}
	return r.chat.Mode.Held() && !r.state.Visiting() || r.state.Idle()
}

// tooFast reports whether the member writes faster than anyone can read, and tells him so once. What he writes is
// recorded all the same.
func (r *run) tooFast() bool {
	limit := r.turn.Limit
	if limit > 0 && r.recent == limit+1 {
		r.say(r.script.notice(noticeTooFast, r.chat.Lang), r.state.Flow, r.state.Step)
	}
	return limit > 0 && r.recent > limit
}
