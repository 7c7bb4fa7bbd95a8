package learnweb

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/learning"
	"javab/webhook/page"
)

// board is what was not understood in a period.
type board struct {
	screen
	learning.Board
	Periods  []page.Choice
	Classes  []page.Choice
	Shelves  []page.Choice // what is to be done, and what is put aside
	Clusters []cluster
	Learnt   string // the answer that has just been given phrasings, in the draft
	Weak     weak
}

// cluster is one thing that members asked.
type cluster struct {
	screen
	learning.Cluster
	Words    string // how it was put most often
	Size     string
	Written  string
	Reads    string
	Trend    string
	Outcomes []string
	Examples []example
	Replies  []reply
	Likely   []likely
	When     page.Moment
}

type example struct {
	Phrasing string
	Times    string
	Taken    bool
}

type reply struct {
	learning.Reply
	Reads string
	Is    Link
}

type likely struct {
	ID, Title, Told string
	Current         bool
}

// taken is how many examples are ticked before anybody has chosen: the most frequent.
const taken = 3

func (w *Web) showBoard(c echo.Context) error {
	s, err := w.screen(c)
	if err != nil {
		return w.Refuse(c, err)
	}
	days, _ := strconv.Atoi(c.QueryParam("days"))
	found, err := w.Learning.Board(c.Request().Context(), learning.Query{
		Days: days, Class: bot.Lang(c.QueryParam("class")), Aside: c.QueryParam("aside") != "",
	})
	if err != nil {
		return w.Refuse(c, err)
	}
	b := board{screen: s, Board: found, Weak: w.weak(s)}
	if id := c.QueryParam("learnt"); id != "" {
		b.Learnt = s.titleOf(id)
	}
	b.filters()
	for _, one := range found.Clusters {
		b.Clusters = append(b.Clusters, s.cluster(one))
	}
	return w.views.Render(c, http.StatusOK, "unanswered", b)
}

// filters are the ways to look at it.
func (b *board) filters() {
	for _, days := range learning.Periods {
		b.Periods = append(b.Periods, page.Choice{ID: b.asks(days, b.Class, b.Query.Aside), Label: b.Count("learning.days", days), Current: days == b.Days})
	}
	for _, class := range append([]bot.Lang{""}, classes...) {
		label := b.T("learning.all")
		if class != "" {
			label = b.class(class)
		}
		b.Classes = append(b.Classes, page.Choice{ID: b.asks(b.Days, class, b.Query.Aside), Label: label, Current: class == b.Class})
	}
	b.Shelves = []page.Choice{
		{ID: b.asks(b.Days, b.Class, false), Label: b.T("learning.open"), Current: !b.Query.Aside},
		{ID: b.asks(b.Days, b.Class, true), Label: b.Say("learning.aside", "N", b.N(b.Board.Aside)), Current: b.Query.Aside},
	}
}

// asks is the address of the page with other filters.
func (b *board) asks(days int, class bot.Lang, aside bool) string {
	q := url.Values{"days": {strconv.Itoa(days)}}
	if class != "" {
		q.Set("class", string(class))
	}
	if aside {
		q.Set("aside", "1")
	}
	return home + "?" + q.Encode()
}

// outcomes are what became of questions, in the order in which it is told.
var outcomes = []learning.Outcome{learning.Left, learning.Refused, learning.Lost, learning.Corrected}

func (s screen) cluster(of learning.Cluster) cluster {
	c := cluster{screen: s, Cluster: of, Size: s.N(of.N), Written: s.class(of.Class), Reads: reads(of.Class), Trend: s.trend(of), When: s.Day(of.Newest)}
	for _, outcome := range outcomes {
		if n := of.Outcomes[outcome]; n > 0 {
			c.Outcomes = append(c.Outcomes, s.Say("learning.outcome."+string(outcome), "N", s.N(n)))
		}
	}
	for i, e := range of.Examples {
		if phrasing := learning.Phrasing(e.Text); phrasing != "" {
			c.Examples = append(c.Examples, example{phrasing, s.Count("learning.times", e.N), i < taken})
		}
	}
	c.Words = of.Examples[0].Text
	for _, r := range of.Replies {
		one := reply{Reply: r, Reads: reads(r.Lang)}
		if r.Is != "" {
			one.Is = s.link(r.Is)
		}
		c.Replies = append(c.Replies, one)
	}
	for i, v := range of.Likely {
		l := likely{ID: v.ID, Title: s.titleOf(v.ID), Told: s.T("learning.guessed"), Current: i == 0}
		if v.Told > 0 {
			l.Told = s.Count("learning.told", v.Told)
		}
		c.Likely = append(c.Likely, l)
	}
	return c
}

// trend compares with the period before.
func (s screen) trend(of learning.Cluster) string {
	switch {
	case of.Before == 0:
		return s.T("learning.trend.new")
	case of.N > of.Before:
		return s.Say("learning.trend.more", "N", s.N(of.Before))
	case of.N < of.Before:
		return s.Say("learning.trend.less", "N", s.N(of.Before))
	default:
		return s.T("learning.trend.same")
	}
}

// putAside hides a cluster until it has grown.
func (w *Web) putAside(c echo.Context) error {
	if err := w.Learning.PutAside(c.Request().Context(), w.Person(c).ID, c.FormValue("question")); err != nil {
		return w.Refuse(c, err)
	}
	return page.Back(c, home)
}
