package faq_test

import (
	"fmt"

	"javab/bot"
	"javab/bot/faq"
)

func ExampleBuild() {
	x := faq.Build([]faq.Document{
		{ID: "answers/fees", Lang: bot.En, Phrasings: []string{"how much is the membership fee", "annual dues"}},
		{ID: "answers/hours", Lang: bot.En, Phrasings: []string{"what are your opening hours", "when do you close"}},
		{ID: "flow/complaint", Lang: bot.En, Phrasings: []string{"I want to complain"}},
	})

	fmt.Println("sure:", x.Match(bot.En, "I want to complain!").Sure)
	fmt.Println("likely:", x.Match(bot.En, "fees?").Likely)
	fmt.Println("no idea:", x.Match(bot.En, "qwzx").Likely)
	// Output:
	// sure: flow/complaint
	// likely: [answers/fees]
	// no idea: []
}
