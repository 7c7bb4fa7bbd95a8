package demoweb

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/assets"
	"javab/webhook/emulator"
	"javab/webhook/page"
)

//go:embed pages/demo.html
var pages embed.FS

// Demo is the look-alike. All fields but Profile and Links are needed.
type Demo struct {
	Assets *assets.Set
	// T returns a string of locales.
	T func(lang bot.Lang, id string) string
	// Nonce returns the answer's nonce, set by the middleware that Mount is given.
	Nonce func(echo.Context) string
	// Messenger is what the phones are connected to. Its member side, /sim/, is served beside the page.
	Messenger *emulator.Server
	// Peek tells where the chat of a member stands; chat is the messenger's own id.
	Peek func(ctx context.Context, chat string) (Peeked, error)
	// Profile is what the bot publishes of itself in a language.
	Profile func(lang bot.Lang) Profile
	// Links lead to the other pages.
	Links []Link
	Now   func() time.Time
	// Done is closed when the process is about to end: the pages' streams end with it.
	Done <-chan struct{}

	stage stage
}

// Peeked is what the strip shows of a chat. The zero Peeked is a chat that has not begun.
type Peeked struct {
	Step string          `json:"step"`           // flow and step
	Vars json.RawMessage `json:"vars,omitempty"` // an object
	Desk string          `json:"desk,omitempty"` // address of the chat at the desk
}

// Profile is how a bot presents itself in the messenger.
type Profile struct {
	Name     string    `json:"name"`
	About    string    `json:"about"`
	Commands []Command `json:"commands"`
}

// Command is one line of a bot's menu, without its slash.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// Link is one button in the head of the page. Icon is one of assets/icons, ID the string that names it.
type Link struct{ URL, ID, Icon string }

// Mount puts the first members on the stage and adds the page and the members' side. policy is the middleware of
// all pages (headers, nonce).
func (d *Demo) Mount(e *echo.Echo, policy echo.MiddlewareFunc) error {
	views, err := page.Parse(pages)
	if err != nil {
		return err
	}
	d.seed()
	e.GET("/demo", d.show(views), guard, policy)
	e.GET("/demo/state", d.state, guard)
	e.GET("/demo/events", d.events, guard)
	e.GET("/demo/peek/:chat", d.peek, guard)
	e.POST("/demo/members", d.add, guard)
	e.DELETE("/demo/members/:chat", d.remove, guard)
	e.Any("/sim/*", echo.WrapHandler(d.Messenger), guard)
	return nil
}

func (d *Demo) show(views *page.Views) echo.HandlerFunc {
	return func(c echo.Context) error { return views.Render(c, http.StatusOK, "demo", d.view(c)) }
}

func (d *Demo) peek(c echo.Context) error {
	seen, err := d.Peek(c.Request().Context(), c.Param("chat"))
	if err != nil {
		return fmt.Errorf("peek into chat %s: %w", c.Param("chat"), err)
	}
	return c.JSON(http.StatusOK, seen)
}
