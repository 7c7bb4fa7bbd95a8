package app

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"javab/bot"
	"javab/locales"
)

// sentences are the errors of a configuration as the operator reads them.
func sentences(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	words, broken := locales.New(slog.New(slog.DiscardHandler))
	if broken != nil {
		t.Fatal(broken)
	}
	if bot.KindOf(err) != bot.Invalid {
		t.Errorf("the error is %v", err)
	}
	return strings.Split(explain(words, bot.En, err), "\n")
}

func TestWithoutAnythingTheDefaultsHold(t *testing.T) {
	c, err := LoadConfig(nil, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:8080" || c.Data != "./data" || c.Senders != 8 || c.Log != "info" || c.TelegramAPI != "https://api.telegram.org" {
		t.Errorf("got %+v", c)
	}
}

func TestAnUnknownVariableNamesTheNearestRightOne(t *testing.T) {
	for name, near := range map[string]string{
		"JAVAB_LISTENN": "JAVAB_LISTEN", "JAVAB_TELEGRAMTOKEN": "JAVAB_TELEGRAM_TOKEN", "JAVAB_DATABSE": "JAVAB_DATABASE",
	} {
		_, err := LoadConfig([]string{name + "=x", "PATH=/bin"}, t.TempDir())
		got := strings.Join(sentences(t, err), "\n")
		if !strings.Contains(got, name) || !strings.Contains(got, "Did you mean "+near+"?") {
			t.Errorf("%s: %s", name, got)
		}
	}
	_, err := LoadConfig([]string{"JAVAB_SOMETHING_ELSE_ALTOGETHER=x"}, t.TempDir())
	if got := strings.Join(sentences(t, err), "\n"); strings.Contains(got, "Did you mean") {
		t.Errorf("a far one is guessed: %s", got)
	}
}

func TestEveryMistakeIsToldAtOnce(t *testing.T) {
	_, err := LoadConfig([]string{
		"JAVAB_LISTENN=x", "JAVAB_PUBLIC_URL=bot.example", "JAVAB_DATABASE=mysql://db/javab", "JAVAB_REDIS=127.0.0.1:6379",
		"JAVAB_TELEGRAM_PROXY=ftp://proxy", "JAVAB_TRUSTED_PROXIES=10.0.0.0/8,nowhere", "JAVAB_SENDERS=65", "JAVAB_MEMBER_LIMIT=many",
		"JAVAB_LOG=loud", "JAVAB_SMTP=mail.example", "JAVAB_BALE_TOKEN_FILE=/nowhere/token",
	}, t.TempDir())
	got := sentences(t, err)
	if len(got) != 11 {
		t.Errorf("%d sentences:\n%s", len(got), strings.Join(got, "\n"))
	}
	for _, line := range got {
		if !strings.HasPrefix(line, "javab: ") || !strings.Contains(line, "JAVAB_") || !strings.HasSuffix(line, ".") && !strings.HasSuffix(line, "”.") {
			t.Errorf("no sentence that names its variable: %s", line)
		}
	}
}

func TestAValueCanComeFromAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(path, []byte("123456:abcdefghijklmnopqrstuvwxyz\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := LoadConfig([]string{"JAVAB_TELEGRAM_TOKEN_FILE=" + path}, t.TempDir())
	if err != nil || c.TelegramToken != "123456:abcdefghijklmnopqrstuvwxyz" {
		t.Errorf("got %q, %v", c.TelegramToken, err)
	}
	_, err = LoadConfig([]string{"JAVAB_KEY_FILE=/nowhere/key"}, t.TempDir())
	if got := strings.Join(sentences(t, err), "\n"); !strings.Contains(got, "JAVAB_KEY_FILE") || !strings.Contains(got, "/nowhere/key") {
		t.Errorf("a file that is not there: %s", got)
	}
}

func TestTheFileGivesWayToTheEnvironment(t *testing.T) {
	dir := withFile(t, "listen: 127.0.0.1:9001\nJAVAB_LOG: debug\nsenders: 4\n")
	c, err := LoadConfig([]string{"JAVAB_LISTEN=127.0.0.1:9002"}, dir)
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:9002" || c.Log != "debug" || c.Senders != 4 {
		t.Errorf("got %s, %s, %d", c.Listen, c.Log, c.Senders)
	}
}

func TestAMistakeInTheFileIsTold(t *testing.T) {
	_, err := LoadConfig(nil, withFile(t, "JAVAB_LISTN: 127.0.0.1:9001\nlog: loud\n"))
	got := strings.Join(sentences(t, err), "\n")
	for _, part := range []string{"JAVAB_LISTN", "Did you mean JAVAB_LISTEN?", "JAVAB_LOG", "loud"} {
		if !strings.Contains(got, part) {
			t.Errorf("lacks %q: %s", part, got)
		}
	}
	_, err = LoadConfig(nil, withFile(t, "listen: [\n"))
	if got := strings.Join(sentences(t, err), "\n"); !strings.Contains(got, "javab.yaml") {
		t.Errorf("a file that is no YAML: %s", got)
	}
}

func withFile(t *testing.T, source string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, configFile), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestASecretIsNeverRepeated(t *testing.T) {
	const secret = "hush-hush"
	_, err := LoadConfig([]string{
		"JAVAB_TELEGRAM_TOKEN=" + secret, "JAVAB_BALE_TOKEN=" + secret, "JAVAB_KEY=" + secret, "JAVAB_HOOK_SECRET=" + secret,
		"JAVAB_HOOK_SECRET_OLD=" + secret, "JAVAB_SMTP=user:" + secret + "@mail.example",
	}, t.TempDir())
	got := sentences(t, err)
	if len(got) != 6 || strings.Contains(strings.Join(got, ""), secret) {
		t.Errorf("%d sentences:\n%s", len(got), strings.Join(got, "\n"))
	}
	for _, source := range []string{"key: [" + secret, "- " + secret + "\n", "key: " + secret + "\n\tlisten: x\n"} {
		_, err := LoadConfig(nil, withFile(t, source))
		if got := strings.Join(sentences(t, err), "\n"); got == "" || strings.Contains(got, secret) {
			t.Errorf("%q: %s", source, got)
		}
	}
}

func TestEveryVariableIsExplained(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range Variables() {
		if !strings.HasPrefix(v.Name, "JAVAB_") || v.Help == "" || seen[v.Name] {
			t.Errorf("%+v", v)
		}
		seen[v.Name] = true
	}
	for _, name := range []string{
		"JAVAB_LISTEN", "JAVAB_PUBLIC_URL", "JAVAB_DATA", "JAVAB_DATABASE", "JAVAB_REDIS", "JAVAB_TELEGRAM_TOKEN",
		"JAVAB_TELEGRAM_API", "JAVAB_BALE_TOKEN", "JAVAB_BALE_API", "JAVAB_TELEGRAM_PROXY", "JAVAB_BALE_PROXY", "JAVAB_KEY",
		"JAVAB_HOOK_SECRET", "JAVAB_HOOK_SECRET_OLD", "JAVAB_DESK_URL", "JAVAB_TRUSTED_PROXIES", "JAVAB_METRICS_LISTEN",
		"JAVAB_METRICS_TOKEN", "JAVAB_LOG",
	} {
		if !seen[name] {
			t.Errorf("%s is missing: names are kept", name)
		}
	}
}
