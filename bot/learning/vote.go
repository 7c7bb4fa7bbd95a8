package learning

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"javab/bot"
)

// Vote is an answer that is likely meant. Told is how many people have said so: members by what they pressed, officers by
// what they answered. Without anybody's word it is the matcher's guess alone.
type Vote struct {
	ID   string
	Told int
}

// mostVotes is how many answers are offered.
const mostVotes = 3

// votes are the answers that questions are likely about: those first that most people have named, then what the matcher
// thought likeliest. An answer that was given and was not what the member wanted is no guess.
func votes(questions []asked) []Vote {
	told, guessed := map[string]int{}, map[string]float64{}
	for _, q := range questions {
		for i, g := range q.Top {
			if wrong := q.outcome == Corrected && i == 0; !wrong {
				guessed[g.ID] += g.P
			}
		}
		if named := cmp.Or(q.reply.Is, chosenOf(q.FreeQuestion)); named != "" {
			told[named]++
			guessed[named] += 0
		}
	}
	var list []Vote
	for _, id := range slices.Sorted(maps.Keys(guessed)) {
		if strings.HasPrefix(id, answerPrefix) {
			list = append(list, Vote{id, told[id]})
		}
	}
	slices.SortStableFunc(list, func(a, b Vote) int {
		return cmp.Or(cmp.Compare(b.Told, a.Told), cmp.Compare(guessed[b.ID], guessed[a.ID]))
	})
	return list[:min(len(list), mostVotes)]
}

// chosenOf is the answer whose button the member pressed.
func chosenOf(q bot.FreeQuestion) string {
	if chosen(q.Pressed) {
		return q.Pressed
	}
	return ""
}
