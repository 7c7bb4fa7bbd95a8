package browser

import (
	"strings"
	"testing"
)

func TestAnAdminReadsWhatWaitsForASecondPersonAndTakesItBack(t *testing.T) {
	t.Parallel()
	s, say := program(t), language(t, "fa")
	o := enters(t, s, "admin", "fa", "dark", desk)
	o.goes("/studio/rules")
	o.tap("main input[name=second]", "")
	o.tap("main form .button.strong", "")
	o.until("the rules to be kept", func() bool { return o.is("main .said.ok", "") })

	o.goes("/studio/flow/help")
	o.until("the verdict", func() bool { return o.is("#clean", "") })
	o.replaces(say.Studio.Before, say.Studio.After)
	o.keeps()
	o.proves()
	o.until("that it waits", func() bool { return o.is("#publishing .said.ok", "") })

	o.goes("/studio")
	o.tap(".waits a", "")
	o.until("what changes", func() bool { return strings.Contains(o.all(".diff ins"), say.Studio.After) })
	o.stands("fa", "dark", desk)
	o.resize(mobile)
	o.stands("fa", "dark", mobile)
	o.tap(".waits button[value=no]", "")
	o.until("that nothing waits", func() bool { return o.is("#versions", "") && !o.is(".waits", "") })
	o.quiet()
}
