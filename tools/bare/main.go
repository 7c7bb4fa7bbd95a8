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
	next := screen(data)
	params := &bot.SendMessageParams{ChatID: chat, Text: next.text}
	if len(next.buttons) > 0 {
		rows := make([][]models.InlineKeyboardButton, 0, len(next.buttons))
		for _, b := range next.buttons {
			rows = append(rows, []models.InlineKeyboardButton{{Text: b.label, CallbackData: b.leads}})
		}
		params.ReplyMarkup = models.InlineKeyboardMarkup{InlineKeyboard: rows}
	}
	b.SendMessage(ctx, params)
}

type button struct{ label, leads string }

type view struct {
	text    string
	buttons []button
}

// screen is the whole dialogue: what was said or pressed, and what comes next. It is as long as Javab's.
func screen(said string) view {
	if strings.HasPrefix(said, "My ") {
		return view{"Received. Go on; choose “Done” at the end.", []button{{"Done", "file"}}}
	}
	if said == "submit" {
		text := "Your complaint is filed.\nTracking number: JV-1405-" + strconv.FormatInt(number.Add(1), 10) + "-0\nDate of the reply: Wednesday"
		return view{text, []button{{"Main menu", "/menu"}}}
	}
	if next, known := screens[said]; known {
		return next
	}
	return screens["/menu"]
}

var menu = view{"What can we do for you? You can also just write your question.", []button{
	{"Questions", "questions"},
	{"Services", "services"},
	{"File a complaint", "/complaint"},
	{"Track", "track"},
	{"Talk to an officer", "officer"},
	{"Suggestion", "suggestion"},
	{"My details", "details"},
	{"Language", "/start"},
}}

var skip = "I don't have it"

var screens = map[string]view{
	"/start":    {"Language", []button{{"English", "/menu"}}},
	"/menu":     menu,
	"questions": {"What would you like to know about?", []button{{"Membership", "membership"}, {"Renewal", "renewal"}, {"Transfer", "transfer"}}},
	"membership": {"Membership: which question?", []button{
		{"Benefits", "benefits"}, {"Who can join", "join"}, {"How to apply", "apply"}, {"Documents", "documents"}, {"Fees", "fees"},
	}},
	"benefits": {
		"Members can use services such as letters of introduction, certificates of origin, expert advice, training courses, trade delegations and the arbitration centre, and can raise issues through the specialised commissions.",
		[]button{{"Yes, it is clear", "/menu"}, {"No, not yet", "/menu"}},
	},
	"/complaint": {"What is your complaint about?", []button{
		{"Membership: issue, renewal, transfer", "group"}, {"Data, card, payment, portal", "group"}, {"Commercial card, trade documents", "group"},
	}},
	"group": {"Membership: which of these?", []button{{"Delay in membership issue", "story"}, {"Objection to refused membership", "story"}, {"Delay in renewal", "story"}}},
	"story": {"Tell us what happened, in one message or several, with voice, photos or files. Then choose “Done”.", []button{{"Done", "story"}}},
	"file":  {"Please write the file number.", []button{{skip, "date"}}},
	"date":  {"When did you submit the request?", []button{{skip, "whom"}}},
	"whom":  {"On whose behalf do you complain?", []button{{"A company of mine", "phone"}, {"Myself", "phone"}, {"I am not a member", "phone"}}},
	"phone": {"Which number may we call?", []button{{skip, "summary"}}},
	"summary": {
		"Please check, then choose “Submit”.\nSubject: Delay in membership issue\nWhat happened: as you wrote\nFor: Myself\nPhone: none",
		[]button{{"Submit", "submit"}, {"Edit", "edit"}},
	},
}
