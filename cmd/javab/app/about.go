package app

import (
	"maps"
	"slices"

	"javab/bot"
	"javab/bot/telegram"
)

// menuCommands are the commands that a messenger lists beside its text field, in that order; the flows' own follow.
var menuCommands = []string{"menu", "complaint", "track", "officer", "language", "help", "settings", "mydata"}

// about is what members see of the bot before they write. All of it is content.
func (h *house) about(lang bot.Lang) telegram.About {
	edition := h.library.live.Load()
	say := func(variable string) string { return edition.bundle.Variables[variable].In(lang) }
	about := telegram.About{Name: say("bot_name"), Description: say("bot_about"), Short: say("bot_short")}
	flowOf := edition.script.Program.Commands()
	names := slices.Concat(menuCommands, slices.Sorted(maps.Keys(flowOf)))
	seen := make(map[string]bool)
	for _, name := range names {
		flow := flowOf[name]
		if flow == "" {
			flow = name
		}
		if name == "menu" {
			flow = "home"
		}
		title := edition.script.Program.Title(flow).In(lang)
		if !seen[name] && title != "" {
			about.Commands = append(about.Commands, telegram.Command{Name: name, Text: title})
		}
		seen[name] = true
	}
	return about
}
