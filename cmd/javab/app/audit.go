package app

import (
	"context"

	"github.com/spf13/cobra"

	"javab/bot/staff"
)

func auditCommand(e Environment) *cobra.Command {
	command := &cobra.Command{
		Use: "audit", Short: "The record of who did what",
		Long:    "Every entry carries a hash over itself and the one before it, made with the key of the installation.",
		Example: "  javab audit verify",
	}
	command.AddCommand(auditVerifyCommand(e))
	return command
}

func auditVerifyCommand(e Environment) *cobra.Command {
	var since string
	var asJSON bool
	command := &cobra.Command{
		Use: "verify", Short: "Walk the audit, and find an entry that was changed, removed or moved", Args: cobra.NoArgs,
		Long: "Prints the mark of its end. Keep marks away from this machine: given with --since, one shows that the end was not\n" +
			"cut off and the audit not made anew, which the hashes alone cannot show. Exit code 1 when it does not hold.",
		Example: "  javab audit verify\n  javab audit verify --since 120:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.auditVerify(cmd.Context(), since, asJSON)
		},
	}
	command.Flags().StringVar(&since, "since", "", "a mark that an earlier run has printed")
	command.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return command
}

// walked is what a walk found, as it is printed.
type walked struct {
	Holds bool        `json:"holds"`
	Rows  int64       `json:"entries"`
	Head  string      `json:"head,omitempty"`
	Seq   int64       `json:"broken_at,omitempty"`
	Why   staff.Fault `json:"why,omitempty"`
}

func (e Environment) auditVerify(ctx context.Context, since string, asJSON bool) error {
	var mark staff.Mark
	if since != "" {
		var err error
		if mark, err = staff.ParseMark(since); err != nil {
			return err
		}
	}
	return e.staffAct(ctx, func(c *console, roster *staff.Roster) error {
		chain, err := roster.Store.VerifyAudit(ctx, mark)
		if err != nil {
			return err
		}
		if err := c.tellChain(chain, asJSON); err != nil {
			return err
		}
		if chain.Broken != nil {
			return errProblems
		}
		return nil
	})
}

func (c *console) tellChain(chain staff.Chain, asJSON bool) error {
	w := walked{Holds: chain.Broken == nil, Rows: chain.Rows}
	if chain.Broken != nil {
		w.Seq, w.Why = chain.Broken.Seq, chain.Broken.Why
	} else if chain.Rows > 0 {
		w.Head = chain.Head.String()
	}
	switch {
	case asJSON:
		return c.json(w)
	case w.Holds:
		c.say("audit.whole", params{"N": int(w.Rows)})
		if w.Head != "" {
			c.say("audit.head", params{"Mark": w.Head})
		}
	default:
		c.say("audit.broken."+string(w.Why), params{"Seq": int(w.Seq)})
	}
	return nil
}
