package fixes

import (
	_ "embed"
	"sync"

	"javab/bot"
	"javab/flows/texts"
)

//go:embed blocks.yaml
var blocksYAML []byte

var blockTexts = sync.OnceValue(func() map[string]bot.Text {
	rows, err := texts.Read(blocksYAML)
	if err != nil {
		panic(err) // embedded, and read by every test of this package
	}
	all := map[string]bot.Text{}
	for _, r := range rows {
		all[r.Path] = bot.Text{Fa: r.Cells[bot.Fa].Text, Ar: r.Cells[bot.Ar].Text, En: r.Cells[bot.En].Text}
	}
	return all
})

// block is a text of blocks.yaml as a script writes it.
func block(path string) string {
	t := blockTexts()[path]
	return "{fa: " + doubleQuoted(t.Fa) + ", ar: " + doubleQuoted(t.Ar) + ", en: " + doubleQuoted(t.En) + "}"
}
