package telegram

import (
	"context"
	"slices"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"javab/bot"
)

// About is what members see of the bot before they write, in one language.
type About struct {
	Name        string // at most 64 letters
	Description string // at most 512, on the empty chat
	Short       string // at most 120, on the profile
	Commands    []Command
}

// Command is one entry of the menu beside the text field.
type Command struct {
	Name string // 1-32 of a-z, 0-9 and _
	Text string // 1-256
}

// language names one language to the API; the empty one is what members of any other language see.
type language struct {
	Code bot.Lang `json:"language_code,omitempty"`
}

// Publish tells the messenger what members see, in lang or, with an empty one, in any other language. It asks first and
// changes only what differs: the API takes few changes of a name a day. No part of it matters enough to stop for;
// the first error is returned when all has been tried.
func (p *Profile) Publish(ctx context.Context, lang bot.Lang, about About) error {
	if !p.dialect.Caps.Commands {
		return nil
	}
	code := string(lang)
	errs := [...]error{
		p.publishCommands(ctx, lang, about.Commands),
		publish(ctx, p.client, "MyName", lang, about.Name, &tg.SetMyNameParams{Name: about.Name, LanguageCode: code}),
		publish(ctx, p.client, "MyDescription", lang, about.Description, &tg.SetMyDescriptionParams{Description: about.Description, LanguageCode: code}),
		publish(ctx, p.client, "MyShortDescription", lang, about.Short, &tg.SetMyShortDescriptionParams{ShortDescription: about.Short, LanguageCode: code}),
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *Profile) publishCommands(ctx context.Context, lang bot.Lang, commands []Command) error {
	want := make([]models.BotCommand, len(commands))
	for i, c := range commands {
		want[i] = models.BotCommand{Command: c.Name, Description: c.Text}
	}
	have, err := call[[]models.BotCommand](ctx, p.client, "getMyCommands", language{lang})
	if err != nil || slices.Equal(have, want) {
		return err
	}
	_, err = call[bool](ctx, p.client, "setMyCommands", &tg.SetMyCommandsParams{Commands: want, LanguageCode: string(lang)})
	return err
}

// publish sets one text of the profile. An empty text is left to the messenger.
func publish(ctx context.Context, c *client, what string, lang bot.Lang, text string, params any) error {
	if text == "" {
		return nil
	}
	have, err := call[struct {
		Name        string `json:"name"`
		Description string `json:"description"`
		Short       string `json:"short_description"`
	}](ctx, c, "get"+what, language{lang})
	if err != nil || text == have.Name || text == have.Description || text == have.Short {
		return err
	}
	_, err = call[bool](ctx, c, "set"+what, params)
	return err
}
