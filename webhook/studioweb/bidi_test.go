package studioweb

import (
	"strings"
	"testing"
)

// TestALineOfADifferenceIsReadAsInTheEditor writes Arabic letters as capitals: no Go file has them.
func TestALineOfADifferenceIsReadAsInTheEditor(t *testing.T) {
	arabic := strings.NewReplacer("S", "\u0633", "L", "\u0644", "M", "\u0645")
	for _, row := range []struct{ line, want string }{
		{`fa: SLM {name}.`, `fa: <rtl>SLM <ltr>{name}</ltr>.</rtl>`},
		{`  fa: "SLM: {name}!"`, `  fa: <rtl>&#34;SLM: <ltr>{name}</ltr>!&#34;</rtl>`},
		{`- {id: home, label: {fa: SLM {a.b?}, en: home}}`, `- {id: home, label: {fa: <rtl>SLM <ltr>{a.b?}</ltr></rtl>, en: home}}`},
		{`fa: [SLM?, LM]`, `fa: [<rtl>SLM?</rtl>, <rtl>LM</rtl>]`},
		{`ask: "SLM:\n/menu LM\n/back SL"`, `ask: <rtl>&#34;SLM:<ltr>\n</ltr><ltr>/menu</ltr> LM<ltr>\n</ltr><ltr>/back</ltr> SL&#34;</rtl>`},
		{`# SLM`, `# <rtl>SLM</rtl>`},
		{`/help SLM`, `<rtl><ltr>/help</ltr> SLM</rtl>`},
		{`{name} SLM.`, `<rtl><ltr>{name}</ltr> SLM.</rtl>`},
		{`fa: SLM https://a.example/b.`, `fa: <rtl>SLM <ltr>https://a.example/b</ltr>.</rtl>`},
		{`en: "Hello {name} <b>"`, `en: &#34;Hello {name} &lt;b&gt;&#34;`},
		{``, ``},
	} {
		want := strings.NewReplacer("<rtl>", `<bdi dir="rtl">`, "<ltr>", `<bdi dir="ltr">`, "</rtl>", "</bdi>", "</ltr>", "</bdi>").Replace(row.want)
		if got := (change{Text: arabic.Replace(row.line)}).Shown(); string(got) != arabic.Replace(want) {
			t.Errorf("%s: %s, want %s", row.line, got, want)
		}
	}
}

func TestOnlyWhatSomebodySaysRunsFromTheRightAsAWhole(t *testing.T) {
	for line, want := range map[string]bool{
		"  \u0633\u0644\u0627\u0645": true, "  /help \u0633": true, "  hello": false, "  - \u0633": false, `fa: "\u0633"`: false, "  {a: \u0633}": false, "": false,
	} {
		if got := (change{Text: line}).Spoken(); got != want {
			t.Errorf("%q: %v", line, got)
		}
	}
}
