package learning

import "javab/bot"

// Tally is how members fared who asked in their own words.
type Tally struct {
	Questions int
	Answered  int // an answer was given, or their button was found
	AskedBack int // the bot asked which is meant
	HandedOff int // they came to an officer, or were offered one
	// Unanswered wanted something that the content did not give them.
	Unanswered int
}

// tally counts questions.
func tally(questions []asked) (t Tally) {
	for _, q := range questions {
		t.Questions++
		t.Answered += toInt(q.outcome == Helped)
		t.AskedBack += toInt(q.Action == bot.QuestionAsked)
		t.HandedOff += toInt(q.HandOver != "" || q.Action == bot.QuestionHandOff)
		t.Unanswered += toInt(q.outcome.Unanswered())
	}
	return t
}

// Use is how often an answer was given, and what its readers said of it.
type Use struct {
	Served int
	Solved int // that it helped
	Failed int // that it did not, or came to an officer
}

// uses counts answers by their ids: those that were given at once, and those whose button was pressed.
func uses(questions []asked) map[string]Use {
	all := map[string]Use{}
	for _, q := range questions {
		id := chosenOf(q.FreeQuestion)
		if q.Action == bot.QuestionAnswered && len(q.Top) > 0 {
			id = q.Top[0].ID
		}
		if id == "" {
			continue
		}
		u := all[id]
		u.Served++
		u.Solved += toInt(q.Pressed == solved && q.outcome == Helped)
		u.Failed += toInt(q.outcome.Unanswered())
		all[id] = u
	}
	return all
}

func toInt(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
