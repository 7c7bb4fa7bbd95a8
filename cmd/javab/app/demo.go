package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/spf13/cobra"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/staff"
	"javab/flows"
	"javab/flows/scripts"
	"javab/storage"
	"javab/webhook"
	"javab/webhook/demoweb"
	"javab/webhook/emulator"
)

// demoToken is the token of the demo's bot. No messenger would take it.
const demoToken = "100001:demo-demo-demo-demo-demo-demo-demo-demo"

func demoCommand(e Environment) *cobra.Command {
	var data, address string
	command := &cobra.Command{
		Use: "demo", Short: "Try everything on this machine, without a token or a network", Args: cobra.NoArgs,
		Long: "Runs Javab with sample content and a messenger look-alike in the browser. Everything is real but the\n" +
			"messenger. Without --data it is gone when you leave.",
		Example: "  javab demo\n  javab demo --data ./demo --listen 127.0.0.1:9000",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return demo(cmd.Context(), e, data, address)
		},
	}
	command.Flags().StringVar(&data, "data", "", "folder that keeps the demo's data; default: a temporary one")
	command.Flags().StringVar(&address, "listen", "", "loopback address to serve on; default: JAVAB_LISTEN or 127.0.0.1:8080")
	return command
}

func demo(ctx context.Context, e Environment, data, address string) error {
	config, err := LoadConfig(e.Env, e.Dir)
	if err != nil {
		return err
	}
	if config.TelegramToken != "" || config.BaleToken != "" {
		return &bot.Error{Kind: bot.Invalid, Key: "demo.real_token"}
	}
	if address != "" {
		config.Listen = address
	}
	if data == "" {
		if data, err = os.MkdirTemp("", "javab-demo"); err != nil {
			return fmt.Errorf("make a temporary folder: %w", err)
		}
		defer os.RemoveAll(data)
	}
	config.Data, config.Database, config.Redis = data, "", ""
	return playDemo(ctx, e, config)
}

// playDemo puts the house up with the messenger beside it. Product time follows the messenger's calendar, which the
// page can move; what guards security keeps the real clock.
func playDemo(ctx context.Context, e Environment, config Config) error {
	listener, err := listenLoopback(config.Listen)
	if err != nil {
		return err
	}
	messenger := emulator.New(emulator.Options{
		Token: demoToken, Now: e.Clock, FirstUpdate: e.Clock().UnixMilli(), // past the ids of any earlier run on the same data
	})
	defer messenger.Close()
	api, closeAPI, err := serveAPI(messenger)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer closeAPI()
	config.TelegramToken, config.TelegramAPI = demoToken, api
	config.PublicURL = "http://" + listener.Addr().String()
	if config.Log == "info" {
		config.Log = "error" // the demo is looked at, its log is not
	}
	product := e
	product.World = e.Clock
	product.Clock = func() time.Time { return e.Clock().Add(messenger.Skipped()) }
	h, err := openHouse(ctx, product, config, scripts.FS)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	if err := h.store.PutSetting(ctx, storage.SettingDemo, "demo"); err != nil {
		return errors.Join(err, listener.Close(), h.close())
	}
	routes := h.routes()
	staff, err := h.mountDemo(ctx, routes, messenger)
	if err != nil {
		return errors.Join(err, listener.Close(), h.close())
	}
	h.announce(listener, staff)
	cast := &demoweb.Cast{Messenger: messenger, Pause: castPause, Known: h.enrol, Filed: h.rehearse}
	h.beside = append(h.beside, cast.Play)
	return h.run(ctx, listener, routes)
}

// castPause is about how long passes between two lines of the members who write by themselves.
const castPause = 40 * time.Second

func listenLoopback(address string) (net.Listener, error) {
	listener, err := listen(address)
	if err != nil {
		return nil, err
	}
	if tcp, isTCP := listener.Addr().(*net.TCPAddr); !isTCP || !tcp.IP.IsLoopback() {
		return nil, errors.Join(&bot.Error{Kind: bot.Invalid, Key: "demo.loopback", Params: map[string]string{"Listen": address}}, listener.Close())
	}
	return listener, nil
}

// serveAPI gives the messenger's Bot API an address of its own, as the real one has.
func serveAPI(messenger http.Handler) (url string, stop func() error, err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("serve the demo's messenger: %w", err)
	}
	server := &http.Server{Handler: messenger, ReadHeaderTimeout: 5 * time.Second}
	go server.Serve(listener)
	return "http://" + listener.Addr().String(), server.Close, nil
}

// announce prints where everything is: the messenger's page, and a link for each of the people at the desk.
func (h *house) announce(listener net.Listener, p *people) {
	url, lang := "http://"+listener.Addr().String(), h.env.lang()
	fmt.Fprintln(h.env.Stdout, p.words.T(lang, "demo.ready", map[string]any{"URL": url + "/demo"}))
	cast, err := demoweb.Staff()
	if err != nil {
		return
	}
	for _, s := range cast {
		fmt.Fprintln(h.env.Stdout, " ", p.words.T(lang, "demo.door", map[string]any{
			"URL": url + "/demo/door/" + s.Login, "Role": p.words.T(lang, "demo.role."+string(s.Role), nil), "Name": s.Display.In(lang),
		}))
	}
}

// mountDemo adds the messenger's page and the staff's, with people who need no password on this machine.
func (h *house) mountDemo(ctx context.Context, routes *echo.Echo, messenger *emulator.Server) (*people, error) {
	p, err := h.mountPeople(ctx, routes)
	if err != nil {
		return nil, err
	}
	p.auth.Door(routes)
	page := &demoweb.Demo{
		Assets: p.assets, Nonce: webhook.Nonce, Messenger: messenger, Peek: h.peek, Profile: h.demoProfile,
		T:   func(lang bot.Lang, id string) string { return p.words.T(lang, id, nil) },
		Now: h.env.Clock, Done: ctx.Done(),
	}
	return p, errors.Join(page.Mount(routes, webhook.Page), h.seat(ctx, p.roster))
}

// seat makes the accounts of the demo's staff, unless they are there from an earlier run, and puts them on duty.
func (h *house) seat(ctx context.Context, roster *staff.Roster) error {
	cast, err := demoweb.Staff()
	if err != nil {
		return err
	}
	for _, s := range cast {
		added, _, err := roster.Add(ctx, "", s)
		if bot.KindOf(err) == bot.Conflict {
			continue
		}
		if err == nil {
			err = h.desk.Status(ctx, added, bot.Available)
		}
		if err != nil {
			return fmt.Errorf("make the account of %s: %w", s.Login, err)
		}
	}
	return nil
}

// peek shows where a chat stands.
func (h *house) peek(ctx context.Context, chat string) (demoweb.Peeked, error) {
	key := bot.NewChatKey(h.channels[0].ID, h.channels[0].Account, chat)
	stored, err := h.store.ReadChat(ctx, key)
	if bot.KindOf(err) == bot.NotFound || len(stored.State) == 0 {
		return demoweb.Peeked{}, nil
	}
	if err != nil {
		return demoweb.Peeked{}, err
	}
	var state flows.State
	if err := json.Unmarshal(stored.State, &state); err != nil {
		return demoweb.Peeked{}, fmt.Errorf("read state: %w", err)
	}
	vars, err := json.Marshal(state.Vars)
	return demoweb.Peeked{Step: state.Flow + "/" + state.Step, Vars: vars}, err
}

func (h *house) demoProfile(lang bot.Lang) demoweb.Profile {
	about := h.about(lang)
	profile := demoweb.Profile{Name: about.Name, About: about.Description}
	for _, c := range about.Commands {
		profile.Commands = append(profile.Commands, demoweb.Command{Command: c.Name, Description: c.Text})
	}
	return profile
}

// enrol puts one of the demo's members into the register and says that the chat is his, as a senior officer would.
func (h *house) enrol(ctx context.Context, e demoweb.Entry) error {
	m := bot.Member{
		ID: bot.MemberID(fmt.Sprint("demo.", e.ID)), Name: e.Name, Phone: e.Phone, Verified: true, Email: e.Email, NationalID: e.NationalID,
		Company: e.Company, MembershipNo: e.Number, CreatedAt: h.env.Clock(),
	}
	var senior bot.Staff
	err := h.store.Do(ctx, func(tx storage.Tx) (err error) {
		if senior, err = tx.StaffByLogin(ctx, demoSenior); err != nil {
			return err
		}
		return tx.SaveMember(ctx, m, "")
	})
	if err == nil {
		chat := bot.NewChatKey(h.channels[0].ID, h.channels[0].Account, strconv.FormatInt(e.ID, 10))
		err = h.desk.Link(ctx, senior, chat, m.ID, e.Number)
	}
	if err != nil {
		return fmt.Errorf("put %s into the register: %w", e.Name, err)
	}
	return nil
}

// demoSenior is the login of the senior officer among the demo's staff.
const demoSenior = "neda"

// rehearse lets the demo's staff work on a case that has just been filed.
func (h *house) rehearse(ctx context.Context, id int64, deeds []demoweb.Deed) error {
	owner := cases.Owner{Chat: bot.NewChatKey(h.channels[0].ID, h.channels[0].Account, strconv.FormatInt(id, 10))}
	for i, deed := range deeds {
		var by bot.Staff
		var filed []bot.Case
		err := h.store.Do(ctx, func(tx storage.Tx) (err error) {
			if by, err = tx.StaffByLogin(ctx, deed.By); err == nil {
				filed, err = tx.Cases(ctx, owner, 1)
			}
			return err
		})
		act, known := actOf(deed, fmt.Sprint("demo.", id, ".", i))
		switch {
		case err != nil:
		case !known || len(filed) == 0:
			err = fmt.Errorf("there is no such act, or no case")
		default:
			err = h.cases.Do(ctx, by, filed[0].Number, act)
		}
		if err != nil {
			return fmt.Errorf("let %s %s the case of %d: %w", deed.By, deed.Does, id, err)
		}
	}
	return nil
}

func actOf(d demoweb.Deed, id string) (act cases.Act, known bool) {
	switch d.Does {
	case "take":
		return cases.Take{}, true
	case "begin":
		return cases.Begin{}, true
	case "refer":
		return cases.Refer{ID: id, Unit: d.Unit, Question: d.Says}, true
	case "await":
		return cases.AwaitMember{ID: id, Reason: d.Says}, true
	case "propose":
		return cases.Propose{ID: id, Result: d.Says}, true
	}
	return nil, false
}
