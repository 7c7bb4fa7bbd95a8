package telegram

import (
	"github.com/go-telegram/bot/models"

	"javab/bot"
)

// markup is what hangs on a part of a message: the buttons on the last one. A contact button can only stand in the
// keyboard that takes the place of the member's own; there the choices are words that he sends by touching them, which
// is what he could also type. Any later message that has no buttons of its own takes that keyboard away again.
func (s *Sender) markup(chat string, m bot.Outbound, last bool) models.ReplyMarkup {
	if last && m.AskContact != "" && s.dialect.Caps.Contact {
		return contactKeyboard(m)
	}
	if last && len(m.Choices) > 0 {
		return inlineKeyboard(m.Lang, m.Choices)
	}
	if _, stands := s.keyboards.Load(chat); stands {
		return &removal{Remove: true}
	}
	return nil
}

// removal is models.ReplyKeyboardRemove; a type of our own tells apart what we have hung on a message.
type removal struct {
	Remove bool `json:"remove_keyboard"`
}

func contactKeyboard(m bot.Outbound) *models.ReplyKeyboardMarkup {
	k := &models.ReplyKeyboardMarkup{
		ResizeKeyboard:  true,
		OneTimeKeyboard: true,
		Keyboard:        [][]models.KeyboardButton{{{Text: m.AskContact, RequestContact: true}}},
	}
	for _, row := range rows(m.Lang, m.Choices) {
		keys := make([]models.KeyboardButton, len(row))
		for i, c := range row {
			keys[i] = models.KeyboardButton{Text: c.Label}
		}
		k.Keyboard = append(k.Keyboard, keys)
	}
	return k
}

// noteKeyboard remembers what a sent message did to the member's keyboard.
func (s *Sender) noteKeyboard(chat string, markup models.ReplyMarkup) {
	switch markup.(type) {
	case *models.ReplyKeyboardMarkup:
		s.keyboards.Store(chat, struct{}{})
	case *removal:
		s.keyboards.Delete(chat)
	}
}
