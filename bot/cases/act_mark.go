package cases

import (
	"context"
	"fmt"
	"time"

	"javab/bot"
)

// Mark says that the member contests the case, and that it concerns money: both bring it before the managers. A mark that
// is left out is taken back.
type Mark struct {
	Dispute, Financial bool
}

func (a Mark) do(_ context.Context, d *deed) error {
	before := marks(d.c)
	d.c.Dispute, d.c.Financial = a.Dispute, a.Financial
	if d.idle = before == marks(d.c); !d.idle {
		d.log(DidMark, "", "", before, marks(d.c))
	}
	return nil
}

func marks(c bot.Case) string {
	var dispute, financial string
	if c.Dispute {
		dispute = "dispute"
	}
	if c.Financial {
		financial = "financial"
	}
	return spaced(dispute, financial)
}

// Classify says what the root cause is, and what an outside body calls the case.
type Classify struct {
	Cause    string // by its id in the content
	External string
}

func (a Classify) do(_ context.Context, d *deed) (err error) {
	if a.External != "" {
		if a.External, err = read(a.External, maxName); err != nil {
			return err
		}
	}
	if len(a.Cause) > maxName {
		return invalid("case_long")
	}
	before, after := spaced(d.c.Cause, d.c.External), spaced(a.Cause, a.External)
	d.c.Cause, d.c.External = a.Cause, a.External
	if d.idle = before == after; !d.idle {
		d.log(DidClassify, "", "", before, after)
	}
	return nil
}

// Remark adds a line for colleagues to the timeline. The member never reads it.
type Remark struct {
	Text string
}

// twice is how soon the same words by the same person are a form that was sent twice.
const twice = time.Minute

func (a Remark) do(ctx context.Context, d *deed) (err error) {
	if a.Text, err = read(a.Text, maxWords); err != nil {
		return err
	}
	line := bot.CaseEntry{Case: d.c.ID, What: DidRemark, Author: d.by.Author(), Text: a.Text, At: d.now.Add(-twice)}
	if d.idle, err = d.tx.Entered(ctx, line); err != nil {
		return fmt.Errorf("read the timeline of case %s: %w", d.c.Number, err)
	}
	if !d.idle {
		d.log(DidRemark, a.Text, "", "", "")
	}
	return nil
}
