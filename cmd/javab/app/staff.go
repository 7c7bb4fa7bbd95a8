package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"javab/bot"
	"javab/bot/staff"
	"javab/flows/scripts"
	"javab/locales/text"
	"javab/storage"
	"javab/storage/redisstore"
)

func staffCommand(e Environment) *cobra.Command {
	command := &cobra.Command{
		Use: "staff", Short: "Officers, managers and admins: who may sit at the desk",
		Long: "Makes and closes accounts, and hands out new passwords. Works beside a running server, and is the way in when\n" +
			"nobody can sign in any more. What it does is written into the audit.",
		Example: "  javab staff add sara --name 'Sara Ahmadi' --role admin\n  javab staff list",
	}
	command.AddCommand(staffAddCommand(e), staffListCommand(e), staffChangeCommand(e), staffPasswordCommand(e), staffTOTPCommand(e), staffDisableCommand(e))
	return command
}

// roster opens the accounts of the configured installation.
func (e Environment) roster(ctx context.Context) (*staff.Roster, func() error, error) {
	here, err := e.visited(ctx)
	if err != nil {
		return nil, nil, err
	}
	config, store := here.config, here.store
	roster := &staff.Roster{Store: storage.As[staff.Tx](store), Hasher: staff.NewHasher(), Clock: e.Clock}
	if config.Redis == "" { // the wire is in the server's memory: its streams ask by themselves
		return roster, store.Close, nil
	}
	hot, err := redisstore.Open(redisstore.Config{URL: config.Redis, Vault: here.vault, Now: e.Clock})
	if err != nil {
		return nil, nil, errors.Join(badValue("JAVAB_REDIS", place(config.Redis), "config.want.redis", err), store.Close())
	}
	roster.Store = endings{roster.Store, tellEnded(hot, e.logger(config.Log))}
	return roster, func() error { return errors.Join(hot.Close(), store.Close()) }, nil
}

// handed is an account with a password to hand over, as it is printed.
type handed struct {
	ID       bot.StaffID  `json:"id,omitempty"`
	Login    string       `json:"login"`
	Role     bot.Role     `json:"role,omitempty"`
	Units    []bot.UnitID `json:"units,omitempty"`
	Password string       `json:"password,omitempty"`
}

func staffAddCommand(e Environment) *cobra.Command {
	var (
		f      facts
		asJSON bool
	)
	usual := bot.Staff{Role: bot.RoleOfficer, Langs: []bot.Lang{bot.Fa}, Lang: bot.Fa, Capacity: 5}
	command := &cobra.Command{
		Use: "add LOGIN", Short: "Make an account, and print a password to hand over", Args: cobra.ExactArgs(1),
		Long: "The password opens nothing but the setting up of a second factor and of a password of one's own. Roles: officer,\n" +
			"senior, unit, manager, head, admin, auditor. All but the last three serve units; an admin sees no case.",
		Example: "  javab staff add admin --name 'Sara Ahmadi' --role admin\n" +
			"  javab staff add reza --name 'Reza Karimi' --role officer --units member_relations --langs fa,en --capacity 5",
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.staffAct(cmd.Context(), func(c *console, roster *staff.Roster) error {
				all, err := roster.Store.AllStaff(cmd.Context())
				if err != nil {
					return err
				}
				s, err := f.over(usual, func(string) bool { return true }, all)
				if err != nil {
					return err
				}
				s.Login = args[0]
				if s.Name == "" {
					s.Name = s.Login
				}
				return e.staffAdd(cmd.Context(), c, roster, s, asJSON)
			})
		},
	}
	f.add(command, usual)
	command.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return command
}

func (e Environment) staffAdd(ctx context.Context, c *console, roster *staff.Roster, s bot.Staff, asJSON bool) error {
	if err := e.checkUnits(ctx, s.Units); err != nil {
		return err
	}
	s, password, err := roster.Add(ctx, "", s)
	if err != nil {
		return err
	}
	if asJSON {
		return c.json(handed{s.ID, s.Login, s.Role, s.Units, password})
	}
	c.say("staff.added", params{"Login": s.Login, "Role": string(s.Role)})
	c.handOver(password)
	return nil
}

func (c *console) handOver(password string) {
	c.say("staff.password_is", params{"Password": password})
	c.say("staff.password_once", nil)
}

// checkUnits refuses units that the content, as it is live, does not name.
func (e Environment) checkUnits(ctx context.Context, units []bot.UnitID) (err error) {
	if len(units) == 0 {
		return nil
	}
	here, err := e.visited(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, here.store.Close()) }()
	l, err := openLive(ctx, e, here.store, scripts.FS)
	if err != nil {
		return err
	}
	var known []string
	for _, u := range l.live.Load().bundle.Units {
		known = append(known, string(u.ID))
	}
	for _, u := range units {
		if !slices.Contains(known, string(u)) {
			near := text.Nearest(string(u), known)
			return &bot.Error{Kind: bot.Invalid, Key: "staff.bad_unit", Params: map[string]string{"Value": string(u), "Near": near}}
		}
	}
	return nil
}

func staffListCommand(e Environment) *cobra.Command {
	var asJSON bool
	command := &cobra.Command{
		Use: "list", Short: "List the accounts, closed ones too", Args: cobra.NoArgs, Example: "  javab staff list\n  javab staff list --json",
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			c, err := e.console()
			if err != nil {
				return err
			}
			roster, done, err := e.roster(cmd.Context())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, done()) }()
			all, err := roster.Store.AllStaff(cmd.Context())
			if err != nil {
				return err
			}
			return c.listStaff(all, asJSON)
		},
	}
	command.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return command
}

// colleague is one line of the list.
type colleague struct {
	ID           bot.StaffID  `json:"id"`
	Login        string       `json:"login"`
	Name         string       `json:"name"`
	Role         bot.Role     `json:"role"`
	Units        []bot.UnitID `json:"units"`
	Langs        []bot.Lang   `json:"langs"`
	Capacity     int          `json:"capacity"`
	Confidential bool         `json:"confidential"`
	Disabled     bool         `json:"disabled"`
	CreatedAt    time.Time    `json:"created_at"`
}

func colleagueOf(s bot.Staff) colleague {
	return colleague{
		s.ID, s.Login, s.Name, s.Role, append([]bot.UnitID{}, s.Units...), append([]bot.Lang{}, s.Langs...),
		s.Capacity, s.Confidential, s.Disabled, s.CreatedAt,
	}
}

func (c *console) listStaff(all []bot.Staff, asJSON bool) error {
	lines := make([]colleague, len(all))
	for i, s := range all {
		lines[i] = colleagueOf(s)
	}
	if asJSON {
		return c.json(map[string]any{"staff": lines})
	}
	if len(lines) == 0 {
		c.say("staff.none", nil)
	}
	for _, l := range lines {
		shut := ""
		if l.Disabled {
			shut = c.t("staff.shut", nil)
		}
		fmt.Fprintln(c.out, strings.TrimRight(fmt.Sprintf("%s\t%s\t%s\t%s\t%s", l.Login, l.Role, l.Name, joined(l.Units), shut), "\t"))
	}
	return nil
}

func joined(units []bot.UnitID) string {
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = string(u)
	}
	return strings.Join(names, ",")
}

func staffPasswordCommand(e Environment) *cobra.Command {
	var asJSON bool
	command := &cobra.Command{
		Use: "password LOGIN", Short: "Make a new password to hand over", Args: cobra.ExactArgs(1),
		Long:    "The former password and all sessions of the account end. The second factor stays.",
		Example: "  javab staff password reza",
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.staffAct(cmd.Context(), func(c *console, roster *staff.Roster) error {
				password, err := roster.ResetPassword(cmd.Context(), "", args[0])
				if err != nil {
					return err
				}
				if asJSON {
					return c.json(handed{Login: args[0], Password: password})
				}
				c.handOver(password)
				return nil
			})
		},
	}
	command.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return command
}

// staffAct opens the accounts, acts and closes them.
func (e Environment) staffAct(ctx context.Context, act func(*console, *staff.Roster) error) (err error) {
	c, err := e.console()
	if err != nil {
		return err
	}
	roster, done, err := e.roster(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	return act(c, roster)
}

func staffTOTPCommand(e Environment) *cobra.Command {
	return &cobra.Command{
		Use: "totp LOGIN", Short: "Take the second factor away: it is set up anew at the next sign-in", Args: cobra.ExactArgs(1),
		Long: "For somebody who lost his phone and his recovery codes. All sessions of the account end. Make sure that it is he\n" +
			"who asks: until he has signed in again the password alone opens the account.",
		Example: "  javab staff totp reza",
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.staffAct(cmd.Context(), func(c *console, roster *staff.Roster) error {
				if err := roster.ResetTOTP(cmd.Context(), "", args[0]); err != nil {
					return err
				}
				c.say("staff.totp_removed", params{"Login": args[0]})
				return nil
			})
		},
	}
}

func staffDisableCommand(e Environment) *cobra.Command {
	var undo bool
	command := &cobra.Command{
		Use: "disable LOGIN", Short: "Close an account, or open it again", Args: cobra.ExactArgs(1),
		Long:    "All sessions of the account end. What its owner wrote and did stays his. --undo opens it again.",
		Example: "  javab staff disable reza\n  javab staff disable --undo reza",
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.staffAct(cmd.Context(), func(c *console, roster *staff.Roster) error {
				if err := roster.Disable(cmd.Context(), "", args[0], !undo); err != nil {
					return err
				}
				if undo {
					c.say("staff.enabled", params{"Login": args[0]})
				} else {
					c.say("staff.disabled", params{"Login": args[0]})
				}
				return nil
			})
		},
	}
	command.Flags().BoolVar(&undo, "undo", false, "open the account again")
	return command
}
