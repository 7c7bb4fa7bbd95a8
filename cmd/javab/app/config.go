package app

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"javab/bot"
	"javab/locales/text"
)

// Config is everything an operator can set. Each field is a variable of the environment, the same with _FILE (its value
// is read from that file), and a line of javab.yaml. The README's table is generated from this struct.
type Config struct {
	Listen             string `env:"JAVAB_LISTEN" default:"127.0.0.1:8080" help:"address to serve on"`
	PublicURL          string `env:"JAVAB_PUBLIC_URL" check:"url" help:"where messengers reach us; without it, long polling"`
	Data               string `env:"JAVAB_DATA" default:"./data" help:"folder of the embedded database and of files"`
	Database           string `env:"JAVAB_DATABASE" check:"database" help:"postgres://… ; empty: SQLite in JAVAB_DATA"`
	Redis              string `env:"JAVAB_REDIS" check:"redis" help:"redis://… or rediss://…, with ?master_name= for Sentinel or ?addr= for Cluster; empty: in memory"`
	TelegramToken      string `env:"JAVAB_TELEGRAM_TOKEN" check:"token" secret:"true" help:"token of the Telegram bot"`
	TelegramAPI        string `env:"JAVAB_TELEGRAM_API" default:"https://api.telegram.org" check:"url" help:"base URL of the Bot API"`
	TelegramProxy      string `env:"JAVAB_TELEGRAM_PROXY" check:"proxy" help:"outgoing proxy for Telegram: http://… or socks5://…"`
	BaleToken          string `env:"JAVAB_BALE_TOKEN" check:"token" secret:"true" help:"token of the Bale bot"`
	BaleAPI            string `env:"JAVAB_BALE_API" default:"https://tapi.bale.ai" check:"url" help:"base URL of Bale's API"`
	BaleProxy          string `env:"JAVAB_BALE_PROXY" check:"proxy" help:"outgoing proxy for Bale"`
	Key                string `env:"JAVAB_KEY" check:"key" secret:"true" help:"master key of the encryption, at least 32 characters; generated into JAVAB_DATA when absent, never beside JAVAB_DATABASE"`
	HookSecret         string `env:"JAVAB_HOOK_SECRET" check:"secret" secret:"true" help:"secret of the webhook; default: derived per channel from JAVAB_KEY"`
	HookSecretOld      string `env:"JAVAB_HOOK_SECRET_OLD" check:"secret" secret:"true" help:"the previous secret, while it is being changed"`
	DeskURL            string `env:"JAVAB_DESK_URL" check:"url" help:"where staff reach the desk; default: the public URL"`
	TrustedProxies     string `env:"JAVAB_TRUSTED_PROXIES" check:"cidrs" help:"proxies whose forwarded headers count, as CIDRs; default none"`
	MetricsListen      string `env:"JAVAB_METRICS_LISTEN" help:"a listener of their own for the metrics; default: loopback callers only"`
	MetricsToken       string `env:"JAVAB_METRICS_TOKEN" secret:"true" help:"bearer token that opens the metrics to others"`
	Senders            int    `env:"JAVAB_SENDERS" default:"8" check:"senders" help:"senders per channel, 1 to 64; at a hard kill each may repeat one message"`
	MemberLimit        int    `env:"JAVAB_MEMBER_LIMIT" default:"120" check:"count" help:"messages a minute that one chat is answered; 0: no limit"`
	FileLimit          int    `env:"JAVAB_FILE_LIMIT" default:"100" check:"count" help:"files that one chat may send in 24 hours; 0: no limit"`
	FileLimitMB        int    `env:"JAVAB_FILE_LIMIT_MB" default:"300" check:"count" help:"megabytes of files that one chat may send in 24 hours; 0: no limit"`
	EmbeddingsURL      string `env:"JAVAB_EMBEDDINGS_URL" check:"url" help:"server whose /v1/embeddings knows the meaning of questions; empty: they are understood by their words, and never leave the house"`
	EmbeddingsModel    string `env:"JAVAB_EMBEDDINGS_MODEL" help:"the model it is asked for; empty: the only one it has"`
	EmbeddingsKey      string `env:"JAVAB_EMBEDDINGS_KEY" secret:"true" help:"its key, where it wants one"`
	EmbeddingsPatience int    `env:"JAVAB_EMBEDDINGS_PATIENCE" default:"300" check:"patience" help:"milliseconds that a question waits for it, 20 to 2000"`
	AlarmChat          string `env:"JAVAB_ALARM_CHAT" help:"channel:chat that hears of a failing other channel, such as bale:12345"`
	AlarmMail          string `env:"JAVAB_ALARM_MAIL" help:"e-mail address that hears of a failing channel"`
	SMTP               string `env:"JAVAB_SMTP" check:"smtp" secret:"true" help:"smtp://user:password@host:port for alarms"`
	Log                string `env:"JAVAB_LOG" default:"info" check:"log" help:"debug, info, warn or error; JSON when not a terminal"`
}

// configFile is read from the working directory when it is there.
const configFile = "javab.yaml"

// LoadConfig reads the defaults, then javab.yaml in dir, then the environment; later ones win. It reports every
// mistake at once, each as a bot.Error that names the variable and what to do.
func LoadConfig(environ []string, dir string) (Config, error) {
	var config Config
	values, problems := gather(environ, dir)
	for _, f := range fields(&config) {
		if err := f.set(values); err != nil {
			problems = append(problems, err)
		}
	}
	return config, errors.Join(problems...)
}

// gather returns what file and environment say, by variable name.
func gather(environ []string, dir string) (values map[string]string, problems []error) {
	values, problems = readFile(filepath.Join(dir, configFile))
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, "JAVAB_") {
			continue
		}
		if base, isFile := strings.CutSuffix(name, "_FILE"); isFile && known(base) {
			content, err := os.ReadFile(value)
			if err != nil {
				problems = append(problems, badValue(name, value, "config.want.file", err))
				continue
			}
			name, value = base, strings.TrimSpace(string(content))
		}
		if !known(name) {
			problems = append(problems, unknownVariable(name))
			continue
		}
		values[name] = value
	}
	return values, problems
}

// readFile reads javab.yaml: the same names, in upper or lower case, with or without the prefix.
func readFile(path string) (map[string]string, []error) {
	values := make(map[string]string)
	source, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return values, nil
	}
	if err != nil {
		return values, []error{badValue(path, "", "config.want.file", err)}
	}
	var lines map[string]any
	if err := yaml.Unmarshal(source, &lines); err != nil {
		return values, []error{badValue(path, yamlFault(err), "config.want.yaml", nil)}
	}
	var problems []error
	for _, key := range slices.Sorted(maps.Keys(lines)) {
		name, value := strings.ToUpper(key), lines[key]
		if !strings.HasPrefix(name, "JAVAB_") {
			name = "JAVAB_" + name
		}
		if !known(name) {
			problems = append(problems, unknownVariable(name))
			continue
		}
		values[name] = fmt.Sprint(value)
	}
	return values, problems
}

// yamlFault is where and what, without the lines around it that the library would quote: they may hold secrets.
func yamlFault(err error) string {
	fault, positioned := errors.AsType[yaml.Error](err)
	if !positioned || fault.GetToken() == nil {
		return "?"
	}
	return fmt.Sprintf("line %d: %s", fault.GetToken().Position.Line, fault.GetMessage())
}

// Variable describes one setting, for the README's table and for `--help`.
type Variable struct{ Name, Default, Help string }

// Variables lists all settings in the order of Config.
func Variables() []Variable {
	var all []Variable
	for field := range reflect.TypeFor[Config]().Fields() {
		all = append(all, Variable{field.Tag.Get("env"), field.Tag.Get("default"), field.Tag.Get("help")})
	}
	return all
}

func known(name string) bool {
	return slices.ContainsFunc(Variables(), func(v Variable) bool { return v.Name == name })
}

func unknownVariable(name string) error {
	names := make([]string, 0, len(Variables()))
	for _, v := range Variables() {
		names = append(names, v.Name)
	}
	return &bot.Error{Kind: bot.Invalid, Key: "config.unknown_variable", Params: map[string]string{
		"Name": name, "Near": text.Nearest(strings.ToUpper(name), names),
	}}
}

// badValue refuses a value; want is the id of the words, in the catalog, for what it should be.
func badValue(name, value, want string, cause error) error {
	return &bot.Error{Kind: bot.Invalid, Key: "config.bad_value", Err: cause, Params: map[string]string{
		"Name": name, "Value": value, "Want": want,
	}}
}
