package telegram

import (
	"time"

	"github.com/go-telegram/bot/models"

	"javab/bot"
)

// Dialect is what one messenger of the Bot API family does differently from the others.
type Dialect struct {
	Channel bot.ChannelID
	API     string // base URL without a trailing slash
	Caps    bot.Caps

	write     writer           // how styled text is written
	parseMode models.ParseMode // sent along with styled text
	updates   []string         // the kinds to ask for; nil where the messenger takes no such list
	deafPress string           // presses whose id begins so cannot be answered
}

const (
	megabyte   = 1 << 20
	maxText    = 4096
	maxCaption = 1024
	maxPress   = 64
)

// Telegram returns the dialect of Telegram itself.
func Telegram() Dialect {
	return Dialect{
		Channel: "tg",
		API:     "https://api.telegram.org",
		Caps: bot.Caps{
			MaxText: maxText, MaxCaption: maxCaption, MaxPress: maxPress, MaxDown: 20 * megabyte, MaxUp: 50 * megabyte,
			Secret: bot.SecretHeader, Edit: true, Delete: 48 * time.Hour, AckPress: true, Contact: true, Commands: true, TellBlock: true,
		},
		write:     writeHTML,
		parseMode: models.ParseModeHTML,
		updates:   []string{"message", "edited_message", "callback_query", "my_chat_member"},
	}
}

// Bale returns the dialect of Bale. What it says is the word of other clients of that messenger, not of its own
// documentation; the emulator's Bale mode holds the same assumptions.
func Bale() Dialect {
	return Dialect{
		Channel: "bale",
		API:     "https://tapi.bale.ai",
		Caps: bot.Caps{
			MaxText: maxText, MaxCaption: 200, MaxPress: maxPress, MaxDown: 20 * megabyte, MaxUp: 50 * megabyte,
			Secret: bot.SecretPath, Edit: true, Delete: 48 * time.Hour, AckPress: true, Contact: true,
		},
		write:     writeMarkdown,
		deafPress: "1", // sent by old versions of the app
	}
}
