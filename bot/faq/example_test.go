package faq_test

import (
	"fmt"

	"javab/bot"
	"javab/bot/faq"
)

func ExampleMatcher() {
	var m faq.Matcher
	m.Swap(faq.Build([]faq.Document{
		{ID: "answers/fees", Lang: bot.En, Phrasings: []string{"how much is the membership fee", "annual dues"}},
		{ID: "answers/hours", Lang: bot.En, Phrasings: []string{"what are your opening hours", "when do you close"}},
		{ID: "flow/complaint", Lang: bot.En, Phrasings: []string{"I want to complain"}},
	}))

	fmt.Println("sure:", m.Match(bot.En, "I want to complain!").Sure)
	fmt.Println("likely:", m.Match(bot.En, "fees?").Likely)
	fmt.Println("no idea:", m.Match(bot.En, "qwzx").Likely)
	// Output:
	// sure: flow/complaint
	// likely: [answers/fees]
	// no idea: []
}
