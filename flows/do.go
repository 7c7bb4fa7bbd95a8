package flows

import "javab/bot"

// enter asks the program to act, and stands still until the result comes.
func (b *DoStep) enter(t *turn, _ *Step) {
	t.still = true
	if t.aside {
		return
	}
	do := Do{Action: b.Action.Text}
	for _, a := range b.With {
		if p, only := a.Value.Only(); only && t.lookup(p.Name).value.Kept {
			if do.Kept == nil {
				do.Kept = map[string]string{}
			}
			do.Kept[a.Name.Text] = fieldOf(p.Name)
			continue
		}
		if value := t.fill(a.Value); value != "" {
			if do.With == nil {
				do.With = make(map[string]string, len(b.With))
			}
			do.With[a.Name.Text] = value
		}
	}
	t.effects = append(t.effects, do)
}

// resume goes on from a Do by its outcome.
func (t *turn) resume(r *bot.Result) {
	if r.Staff != "" {
		t.st.Staff = r.Staff == bot.ChatLinked
	}
	if r.Confidential {
		t.st.Unit, t.st.Confidential = r.Unit, true
	}
	_, s := t.here()
	if s == nil {
		t.stuck()
		return
	}
	do, ok := s.Body.(*DoStep)
	if !ok {
		t.still = true // a result nobody waits for any more
		return
	}
	for name, v := range r.Vars {
		t.set(name, v)
	}
	for _, o := range do.Then {
		if o.Name.Text == r.Outcome {
			t.to(o.Step.Text)
			return
		}
	}
	t.stuck()
}
