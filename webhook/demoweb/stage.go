package demoweb

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/emulator"
)

// stage is which members' phones are on the page, in order. It is kept here, so that every window shows the same.
type stage struct {
	mu      sync.Mutex
	chats   []int64
	changed chan struct{} // closed at the next change
}

func (s *stage) now() ([]int64, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changed == nil {
		s.changed = make(chan struct{})
	}
	return slices.Clone(s.chats), s.changed
}

func (s *stage) change(f func([]int64) []int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chats = f(s.chats)
	if s.changed != nil {
		close(s.changed)
		s.changed = nil
	}
}

// personas are the members of the first start. Their ids stay the same over the years, so that a demo with a database of
// its own knows them again.
var personas = [...]emulator.Member{
	{ID: 7001, Language: "fa", Phone: "+989121234567"},
	{ID: 7002, Language: "ar", Phone: "+9647701234567"},
	{ID: 7003, Language: "en", Phone: "+447400123456"},
}

func (d *Demo) seed() {
	for _, member := range personas {
		member.First = d.T(bot.Lang(member.Language), "demo.persona."+member.Language)
		d.Messenger.Join(member)
		d.stage.change(func(chats []int64) []int64 { return append(chats, member.ID) })
	}
}

// maxStage bounds the phones on the page.
const maxStage = 8

// add puts a new person on the stage. With "instead" he takes the place of another: the same name and language, and a
// chat that the bot has never seen, which is what starting over is.
func (d *Demo) add(c echo.Context) error {
	var ask struct {
		Name    string `json:"name"`
		Lang    string `json:"lang"`
		Instead int64  `json:"instead,string"`
	}
	if err := c.Bind(&ask); err != nil {
		return echo.ErrBadRequest
	}
	member := emulator.Member{ID: d.newID(), First: ask.Name, Language: ask.Lang}
	member.Phone = fmt.Sprintf("+98935%07d", member.ID%10_000_000)
	if old, err := d.Messenger.View(ask.Instead); err == nil {
		member.First, member.Last, member.Language, member.Phone = old.Member.First, old.Member.Last, old.Member.Language, old.Member.Phone
	}
	if chats, _ := d.stage.now(); len(chats) >= maxStage && !slices.Contains(chats, ask.Instead) {
		return echo.NewHTTPError(http.StatusConflict)
	}
	d.Messenger.Join(member)
	d.stage.change(func(chats []int64) []int64 {
		if i := slices.Index(chats, ask.Instead); i >= 0 {
			chats[i] = member.ID
			return chats
		}
		return append(chats, member.ID)
	})
	return c.JSON(http.StatusCreated, map[string]string{"id": strconv.FormatInt(member.ID, 10)})
}

// newID is past the ids of earlier runs, whose chats a database may still know.
func (d *Demo) newID() int64 {
	id := d.Now().UnixMilli()
	for {
		if _, err := d.Messenger.View(id); err != nil {
			return id
		}
		id++
	}
}

// remove takes a phone off the page. The messenger still knows the member.
func (d *Demo) remove(c echo.Context) error {
	id, err := strconv.ParseInt(c.Param("chat"), 10, 64)
	if err != nil {
		return echo.ErrNotFound
	}
	d.stage.change(func(chats []int64) []int64 {
		return slices.DeleteFunc(chats, func(other int64) bool { return other == id })
	})
	return c.NoContent(http.StatusNoContent)
}
