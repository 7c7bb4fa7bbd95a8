package app

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"javab/bot"
	"javab/storage/sqlstore"
	"javab/storage/vault"
)

func doctorCommand(e Environment) *cobra.Command {
	var asJSON bool
	command := &cobra.Command{
		Use: "doctor", Short: "Look for what is wrong with this installation", Args: cobra.NoArgs,
		Long: "Looks at the configuration, the database and its tables, the key, Redis, the server of meanings if there is one,\n" +
			"each messenger (is it down, filtered on the way, or does it refuse the token?), the webhook, the clock and the disk.\n" +
			"Changes nothing, and works beside a running server. Exit code 1 when there is a problem; warnings alone do not count.",
		Example: "  javab doctor\n  javab doctor --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := e.console()
			if err != nil {
				return err
			}
			d := &doctor{console: c, env: e, quiet: asJSON}
			d.examine(cmd.Context())
			return d.conclude(asJSON)
		},
	}
	command.Flags().BoolVar(&asJSON, "json", false, "print the findings as JSON")
	return command
}

// State says how bad a finding is.
type state string

const (
	fine    state = "ok"
	warning state = "warning"
	problem state = "problem"
)

// finding is one line of the doctor's: what was looked at, how it is, and what to do.
type finding struct {
	Check   string `json:"check"`
	State   state  `json:"state"`
	Message string `json:"message"`
	Advice  string `json:"advice,omitempty"`
}

// doctor looks at an installation, one thing after the other.
type doctor struct {
	*console
	env      Environment
	config   Config
	vault    *vault.Vault
	quiet    bool // no lines, they are printed as JSON at the end
	findings []finding
}

// find notes and prints a finding. Its sentence is doctor.<check>.<what>, and what to do about it the same with .do;
// a finding that is fine has no advice.
func (d *doctor) find(s state, check, what string, data params) {
	id := "doctor." + check + "." + what
	f := finding{Check: check, State: s, Message: d.t(id, data)}
	if channel, of := data["Channel"]; of {
		f.Check = fmt.Sprintf("%s.%v", channel, check)
	}
	if s != fine {
		f.Advice = d.t(id+".do", data)
	}
	d.add(f)
}

func (d *doctor) add(f finding) {
	d.findings = append(d.findings, f)
	if d.quiet {
		return
	}
	fmt.Fprintf(d.out, "%s %s\n", d.t("doctor.state."+string(f.State), nil), f.Message)
	if f.Advice != "" {
		fmt.Fprintf(d.out, "    %s\n", f.Advice)
	}
}

// refused notes errors that the program itself would stop at. Their sentences say what to do.
func (d *doctor) refused(check string, err error) {
	for sentence := range strings.SplitSeq(explain(d.words, d.lang, err), "\n") {
		d.add(finding{Check: check, State: problem, Message: strings.TrimPrefix(sentence, "javab: ")})
	}
}

// examine goes from the nearest to the farthest. What cannot be looked at without something that is missing is left out.
func (d *doctor) examine(ctx context.Context) {
	if !d.configuration() {
		return
	}
	d.disk()
	d.meaning(ctx)
	if d.key() {
		d.database(ctx)
		d.redis(ctx)
		d.messengers(ctx)
	}
}

// conclude tells how many findings there are.
func (d *doctor) conclude(asJSON bool) error {
	count := map[state]int{}
	for _, f := range d.findings {
		count[f.State]++
	}
	if asJSON {
		err := d.json(map[string]any{"findings": d.findings, "problems": count[problem], "warnings": count[warning]})
		if err != nil {
			return err
		}
	} else {
		d.say("doctor.summary", params{"Problems": count[problem], "Warnings": count[warning]})
	}
	if count[problem] > 0 {
		return errProblems
	}
	return nil
}

// configuration reports whether there is one to go on with.
func (d *doctor) configuration() bool {
	config, err := LoadConfig(d.env.Env, d.env.Dir)
	if err != nil {
		d.refused("configuration", err)
		return false
	}
	d.config = config
	if len(config.accounts()) == 0 {
		d.find(warning, "configuration", "no_channel", nil)
		return true
	}
	if err := config.checkAlarms(); err != nil {
		d.refused("alarms", err)
		return true
	}
	d.find(fine, "configuration", "good", params{"Channels": len(config.accounts())})
	return true
}

// key reports whether there is a key to read the database with.
func (d *doctor) key() bool {
	v, err := keptVault(d.config)
	if err != nil && d.fresh() {
		v, err = vault.New([]byte(vault.Generate())) // only to look further: nothing is sealed with it
	}
	if err != nil {
		d.refused("key", err)
		return false
	}
	d.vault = v
	return true
}

// fresh reports whether this is an embedded installation that has never been started.
func (d *doctor) fresh() bool { return d.config.Database == "" && !exists(d.config.dsn()) }

func (d *doctor) database(ctx context.Context) {
	if d.fresh() {
		d.find(warning, "database", "none", params{"Where": d.config.dsn()})
		return
	}
	store, err := openBeside(ctx, d.env, d.config, d.vault)
	if err != nil {
		d.refused("database", err)
		return
	}
	defer store.Close()
	d.find(fine, "database", "good", params{"Where": place(d.config.dsn())})
	if err := sameKey(ctx, store, d.vault); err != nil {
		d.refused("key", err)
	} else {
		d.find(fine, "key", "good", params{"Fingerprint": d.vault.Fingerprint()})
	}
	if d.schema(ctx, store) {
		d.stamp(ctx, store)
		d.backlog(ctx, store)
	}
}

// schema reports whether the tables are those of this program.
func (d *doctor) schema(ctx context.Context, store *sqlstore.Store) bool {
	have, want, err := store.Schema(ctx)
	data := params{"Have": have, "Want": want}
	switch {
	case err != nil:
		d.refused("schema", databaseError(d.config, err))
		return false
	case have < want:
		d.find(problem, "schema", "old", data)
		return false
	case have > want:
		d.find(warning, "schema", "new", data)
	default:
		d.find(fine, "schema", "good", data)
	}
	return true
}

func (d *doctor) stamp(ctx context.Context, store *sqlstore.Store) {
	if err := (&house{store: store, config: d.config}).refuseDemo(ctx); bot.KindOf(err) == bot.Invalid {
		d.refused("database", err)
	}
}
