package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"javab/bot"
	"javab/bot/hours"
	"javab/bot/report"
	"javab/flows/scripts"
	"javab/locales/text"
	"javab/storage"
)

// reported is what the command was asked for.
type reported struct {
	months, unit, list, lang string
	json                     bool
}

func reportCommand(e Environment) *cobra.Command {
	var asked reported
	command := &cobra.Command{
		Use: "report", Short: "The five indicators of a month, and what complaints were about", Args: cobra.NoArgs,
		Long: "Counts what the board at /board shows, by the same queries, beside a running server. Months are those of the\n" +
			"Jalali calendar. Confidential cases are counted here, as for a head who is their named handler; what anybody\n" +
			"wrote is never printed. A number that rests on fewer than five is a dash.",
		Example: "  javab report\n  javab report --month 1405-08 --unit member_relations --lang fa\n" +
			"  javab report --month 1405-01..1405-06 --json\n  javab report --month 1405-08 --list k3",
		RunE: func(cmd *cobra.Command, _ []string) error { return e.report(cmd.Context(), asked) },
	}
	command.Flags().StringVar(&asked.months, "month", "", "a month such as 1405-08, or up to twelve: 1405-01..1405-12; default: this month")
	command.Flags().StringVar(&asked.unit, "unit", "", "one unit; default: all")
	command.Flags().StringVar(&asked.list, "list", "", "what an indicator counts instead: k1, k2, k3 or k4")
	command.Flags().StringVar(&asked.lang, "lang", "", "fa, ar or en; default: that of the shell")
	command.Flags().BoolVar(&asked.json, "json", false, "print as JSON")
	return command
}

func (e Environment) report(ctx context.Context, asked reported) (err error) {
	c, ask, err := e.reading(ctx, asked)
	if err != nil {
		return err
	}
	office, done, err := e.counting(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	if asked.list != "" {
		return c.tellList(ctx, office, ask, report.Indicator(asked.list), asked.json)
	}
	topics, err := office.Topics(ctx, ask)
	if err != nil {
		return err
	}
	disputes, err := office.Disputed(ctx, ask)
	if err != nil {
		return err
	}
	tiles := office.Board(ctx, ask)
	for _, t := range tiles {
		err = errors.Join(err, t.Err)
	}
	switch {
	case err != nil:
		return err
	case asked.json:
		return c.json(boardOf(ask, tiles, topics, len(disputes)))
	}
	c.tellBoard(ask, tiles, topics, len(disputes))
	return nil
}

// reading checks what was asked for.
func (e Environment) reading(ctx context.Context, asked reported) (*console, report.Ask, error) {
	ask := report.Ask{By: bot.Staff{Role: bot.RoleHead, Confidential: true}, Unit: bot.UnitID(asked.unit)}
	c, err := e.console()
	if err != nil {
		return nil, ask, err
	}
	if asked.lang != "" {
		if c.lang = bot.Lang(asked.lang); !c.lang.Valid() {
			return nil, ask, unknownLang(asked.lang)
		}
	}
	if id := report.Indicator(asked.list); asked.list != "" && !id.Valid() {
		return nil, ask, &bot.Error{Kind: bot.Invalid, Key: "report.bad_list", Params: map[string]string{"Value": asked.list}}
	}
	if ask.Unit != "" {
		if err := e.checkUnits(ctx, []bot.UnitID{ask.Unit}); err != nil {
			return nil, ask, err
		}
	}
	ask.Period, err = report.ParsePeriod(asked.months, e.Clock())
	return c, ask, err
}

// counting opens what reports are counted from, beside a running server.
func (e Environment) counting(ctx context.Context) (*report.Office, func() error, error) {
	here, err := e.visited(ctx)
	if err != nil {
		return nil, nil, err
	}
	store := here.store
	rota := &hours.Rota{Store: storage.As[hours.Tx](store), Clock: e.Clock}
	if err := rota.Refresh(ctx); err != nil {
		return nil, nil, errors.Join(err, store.Close())
	}
	l, err := openLive(ctx, e, store, scripts.FS)
	if err != nil {
		return nil, nil, errors.Join(err, store.Close())
	}
	return &report.Office{Store: store, Hours: rota, Content: l, Clock: e.Clock}, store.Close, nil
}

func (c *console) teller() report.Teller {
	return report.Teller{Format: text.For(c.lang), T: func(id string, data map[string]any) string { return c.words.T(c.lang, id, data) }}
}

func (c *console) tellBoard(ask report.Ask, tiles []report.Tile, topics map[report.Grouping][]report.Topic, disputes int) {
	tell := c.teller()
	fmt.Fprintln(c.out, c.t("report.title", nil)+" · "+c.months(ask.Period)+" · "+ask.Period.String())
	for _, t := range tiles {
		changed, _ := tell.Change(t.Figure, t.Earlier)
		words := []string{tell.Value(t.Figure), changed, tell.Target(t.Figure), tell.Of(t.Figure)}
		if t.Lacks == "" {
			words = append(words, c.words.Count(c.lang, "report.rests."+string(t.ID), t.Rests, nil))
		}
		fmt.Fprintf(c.out, "%s  %s: %s\n", strings.ToUpper(string(t.ID)), c.t("report."+string(t.ID), nil), together(words))
		if t.Lacks != "" {
			fmt.Fprintf(c.out, "    %s\n", c.t("report.lacks."+t.Lacks, nil))
		}
		for _, p := range t.Parts {
			fmt.Fprintf(c.out, "    %s: %s\n", c.t("report.standing."+string(p.Standing), nil), tell.N(p.N))
		}
	}
	fmt.Fprintf(c.out, "%s: %s\n", c.t("report.disputes", nil), tell.N(disputes))
	for _, by := range report.Groupings {
		fmt.Fprintln(c.out, c.t("report.by."+string(by), nil))
		for _, topic := range topics[by] {
			name := topic.Key
			if name == "" {
				name = c.t("report.none."+string(by), nil)
			}
			fmt.Fprintf(c.out, "    %s: %s (%s: %s)\n", name, tell.N(topic.N), c.t("report.before", nil), tell.N(topic.Before))
		}
	}
}

// together joins what there is to say.
func together(words []string) string {
	var said []string
	for _, w := range words {
		if w != "" {
			said = append(said, w)
		}
	}
	return strings.Join(said, " · ")
}

func (c *console) months(p report.Period) string {
	format := text.For(c.lang)
	if p.First == p.Last {
		return p.First.Title(format)
	}
	return p.First.Title(format) + " – " + p.Last.Title(format)
}

// tellList prints what an indicator counts, one item a line: its number or member, its standing, when.
func (c *console) tellList(ctx context.Context, office *report.Office, ask report.Ask, id report.Indicator, asJSON bool) error {
	_, items, err := office.List(ctx, ask, id, "")
	if err != nil {
		return err
	}
	if id == report.InTime {
		if err := office.WithPauses(ctx, items); err != nil {
			return err
		}
	}
	lines := make([]itemLine, len(items))
	for i, item := range items {
		lines[i] = lineOf(id, item)
	}
	if asJSON {
		return c.json(map[string]any{"period": ask.Period.String(), "list": id, "items": lines})
	}
	for _, l := range lines {
		fmt.Fprintf(c.out, "%s\t%s\t%s\n", l.ID, c.t("report.standing."+string(l.Standing), nil), l.At.In(text.Tehran()).Format(time.DateTime))
		for _, p := range l.Pauses {
			fmt.Fprintf(c.out, "\t%s: %s\n", c.t("report.pauses", nil), c.teller().Took(time.Duration(p.WorkedSeconds)*time.Second))
		}
	}
	return nil
}
