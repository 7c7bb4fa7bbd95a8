// Command bare is the yardstick of the load run: a bot on go-telegram/bot alone, with its own webhook handler, no state,
// no database and no guarantee. It plays the same dialogue as Javab: language, menu, answer, complaint to its number.
package main

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

var (
	listen = flag.String("listen", "127.0.0.1:8090", "address of the webhook")
	api    = flag.String("api", "http://127.0.0.1:8081", "base URL of the Bot API")
)

func main() {
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	b, err := bot.New("4242:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", bot.WithSkipGetMe(), bot.WithServerURL(*api), bot.WithDefaultHandler(reply))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/readyz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	mux.Handle("/hook/tg", b.WebhookHandler())
	server := &http.Server{Addr: *listen, Handler: mux}
	go func() {
		<-ctx.Done()
		server.Close()
	}()
	go b.StartWebhook(ctx)
	server.ListenAndServe()
}

var number atomic.Int64

// reply answers every update with one message and, as a script would, with the buttons that lead on.
func reply(ctx context.Context, b *bot.Bot, update *models.Update) {
	chat, data := int64(0), ""
	switch {
	case update.Message != nil:
		chat, data = update.Message.Chat.ID, update.Message.Text
	case update.CallbackQuery != nil:
		chat, data = update.CallbackQuery.From.ID, update.CallbackQuery.Data
		go b.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: update.CallbackQuery.ID})
	default:
		return
	}
	text, buttons := screen(data)
	params := &bot.SendMessageParams{ChatID: chat, Text: text}
	if len(buttons) > 0 {
		rows := make([][]models.InlineKeyboardButton, 0, len(buttons))
		for _, label := range buttons {
			rows = append(rows, []models.InlineKeyboardButton{{Text: label, CallbackData: label}})
		}
		params.ReplyMarkup = models.InlineKeyboardMarkup{InlineKeyboard: rows}
	}
	b.SendMessage(ctx, params)
}

// screen is the whole dialogue: what was said or pressed, and what comes next.
func screen(said string) (text string, buttons []string) {
	if strings.HasPrefix(said, "My ") {
		return "Thank you. Please go on, or press Done.", []string{"Done"}
	}
	next, known := screens[said]
	if !known {
		next = screens["/menu"]
	}
	if said == "Submit" {
		return "Your complaint is filed under JV-1405-" + strconv.FormatInt(number.Add(1), 10) + ".", nil
	}
	return next.text, next.buttons
}

var screens = map[string]struct {
	text    string
	buttons []string
}{
	"/start":     {"Please choose your language.", []string{"English"}},
	"English":    {"How can we help you?", []string{"Questions", "Services", "File a complaint", "Track"}},
	"/menu":      {"How can we help you?", []string{"Questions", "Services", "File a complaint", "Track"}},
	"Questions":  {"Which topic?", []string{"Membership", "Renewal", "Transfer"}},
	"Membership": {"Which question?", []string{"What are the benefits?", "How do I apply?"}},
	"What are the benefits?": {
		"Members can use services such as letters of introduction, certificates of origin, expert advice, training courses, trade delegations and the arbitration centre.",
		[]string{"Back"},
	},
	"/complaint": {"What is your complaint about?", []string{"Membership and card", "Payments", "Certificates", "Conduct", "Something else"}},
}
