package app

import (
	"strings"

	"github.com/spf13/cobra"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
)

// facts are what an account is and may, as the shell writes it.
type facts struct {
	bot.Staff
	role, lang, substitute string
	units, langs           []string
}

// add offers the facts as flags. usual is what one begins with who names none.
func (f *facts) add(command *cobra.Command, usual bot.Staff) {
	flags := command.Flags()
	langs := make([]string, len(usual.Langs))
	for i, l := range usual.Langs {
		langs[i] = string(l)
	}
	flags.StringVar(&f.Name, "name", "", "name that colleagues read")
	flags.StringVar(&f.role, "role", string(usual.Role), "what the account may do")
	flags.StringSliceVar(&f.units, "units", nil, "units whose queues it serves, such as member_relations")
	flags.StringSliceVar(&f.langs, "langs", langs, "languages it reads and writes with members")
	flags.StringVar(&f.lang, "lang", string(usual.Lang), "language of its pages")
	flags.IntVar(&f.Capacity, "capacity", usual.Capacity, "how many chats it may hold at once")
	flags.BoolVar(&f.Confidential, "confidential", false, "a named handler of confidential matters of its units")
	flags.StringVar(&f.substitute, "substitute", "", "login of who takes its chats over during a leave")
	flags.StringVar(&f.Display.Fa, "display-fa", "", "name that members read, in Persian; empty: the unit's")
	flags.StringVar(&f.Display.Ar, "display-ar", "", "the same in Arabic")
	flags.StringVar(&f.Display.En, "display-en", "", "the same in English")
}

// over writes the facts that were named over those of an account.
func (f *facts) over(s bot.Staff, named func(flag string) bool, all []bot.Staff) (bot.Staff, error) {
	for flag, write := range map[string]func(){
		"name":         func() { s.Name = f.Name },
		"role":         func() { s.Role = bot.Role(f.role) },
		"units":        func() { s.Units = several[bot.UnitID](f.units) },
		"langs":        func() { s.Langs = several[bot.Lang](f.langs) },
		"lang":         func() { s.Lang = bot.Lang(f.lang) },
		"capacity":     func() { s.Capacity = f.Capacity },
		"confidential": func() { s.Confidential = f.Confidential },
		"display-fa":   func() { s.Display.Fa = f.Display.Fa },
		"display-ar":   func() { s.Display.Ar = f.Display.Ar },
		"display-en":   func() { s.Display.En = f.Display.En },
	} {
		if named(flag) {
			write()
		}
	}
	if !named("substitute") {
		return s, nil
	}
	s.Substitute = ""
	if f.substitute == "" {
		return s, nil
	}
	other, err := byLogin(all, f.substitute)
	s.Substitute = other.ID
	return s, err
}

// several are the values of a flag that takes several.
func several[T ~string](written []string) (all []T) {
	for _, one := range written {
		all = append(all, T(strings.TrimSpace(one)))
	}
	return all
}

func byLogin(all []bot.Staff, login string) (bot.Staff, error) {
	for _, s := range all {
		if s.Login == login {
			return s, nil
		}
	}
	return bot.Staff{}, storage.NotFound("staff", login)
}

func staffChangeCommand(e Environment) *cobra.Command {
	var (
		f      facts
		reason string
		asJSON bool
	)
	command := &cobra.Command{
		Use: "change LOGIN", Short: "Change what an account is and may", Args: cobra.ExactArgs(1),
		Long: "Only what is named changes. When role, units or confidential handling change, its sessions end and its owner signs\n" +
			"in anew. An empty --substitute takes the substitute away.",
		Example: "  javab staff change reza --role senior --units member_relations,finance --reason 'promoted'\n" +
			"  javab staff change reza --capacity 8 --langs fa,ar,en --substitute sara",
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.staffAct(cmd.Context(), func(c *console, roster *staff.Roster) error {
				all, err := roster.Store.AllStaff(cmd.Context())
				if err != nil {
					return err
				}
				s, err := byLogin(all, args[0])
				if err != nil {
					return err
				}
				if s, err = f.over(s, cmd.Flags().Changed, all); err != nil {
					return err
				}
				if cmd.Flags().Changed("units") {
					err = e.checkUnits(cmd.Context(), s.Units)
				}
				if err == nil {
					err = roster.Change(cmd.Context(), "", s, reason)
				}
				if err != nil {
					return err
				}
				if asJSON {
					return c.json(colleagueOf(s))
				}
				c.say("staff.changed", params{"Login": s.Login, "Role": string(s.Role)})
				return nil
			})
		},
	}
	f.add(command, bot.Staff{})
	command.Flags().StringVar(&reason, "reason", "", "why; it is written into the audit")
	command.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return command
}
