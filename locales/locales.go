package locales

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"javab/bot"
	"javab/locales/text"
)

// catalogs are named <area>.<lang>.yaml. Ids are flat, with dots: a nested key named "one" or "other" would be read as a
// plural form.
//
//go:embed *.yaml
var catalogs embed.FS

// Localizer speaks the system's strings. It is safe for concurrent use: its bundle is never loaded into again.
type Localizer struct {
	log     *slog.Logger
	byLang  map[bot.Lang]*i18n.Localizer
	missing sync.Map // "lang id" that the log has already heard of
}

// embedded are the embedded catalogs, read once: that takes longer than most commands.
var embedded = sync.OnceValues(func() (*i18n.Bundle, error) { return read(catalogs) })

// New speaks the embedded catalogs. A string that is missing later is told to log, once.
func New(log *slog.Logger) (*Localizer, error) {
	bundle, err := embedded()
	if err != nil {
		return nil, err
	}
	return speak(bundle, log), nil
}

func read(files fs.FS) (*i18n.Bundle, error) {
	bundle := i18n.NewBundle(language.MustParse(string(bot.Fa)))
	bundle.RegisterUnmarshalFunc("yaml", func(src []byte, v any) error { return yaml.Unmarshal(src, v) })
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list catalogs: %w", err)
	}
	for _, name := range names {
		if _, err := bundle.LoadMessageFileFS(files, name); err != nil {
			return nil, fmt.Errorf("read catalog %s: %w", name, err)
		}
	}
	return bundle, nil
}

func speak(bundle *i18n.Bundle, log *slog.Logger) *Localizer {
	l := &Localizer{log: log, byLang: map[bot.Lang]*i18n.Localizer{}}
	for _, lang := range bot.Langs {
		l.byLang[lang] = i18n.NewLocalizer(bundle, string(lang))
	}
	return l
}

// T returns a string with its placeholders filled in; an unknown language reads Persian. A string that is missing is
// its own id: worse than a sentence, better than none.
func (l *Localizer) T(lang bot.Lang, id string, data map[string]any) string {
	return l.say(lang, &i18n.LocalizeConfig{MessageID: id, TemplateData: data})
}

// Count returns the string for n of a thing, in the plural form that the language has for n. The placeholder {{.N}} is n
// in the digits of the language, unless data says otherwise.
func (l *Localizer) Count(lang bot.Lang, id string, n int, data map[string]any) string {
	all := map[string]any{"N": text.For(lang).Number(int64(n))}
	maps.Copy(all, data)
	return l.say(lang, &i18n.LocalizeConfig{MessageID: id, TemplateData: all, PluralCount: n})
}

// Error returns the sentence of an error that a person may read; for any other error the one that says only that
// something went wrong.
func (l *Localizer) Error(lang bot.Lang, err error) string {
	key, params := "error.internal", map[string]string{}
	if e, ok := errors.AsType[*bot.Error](err); ok {
		key, params = e.Key, e.Params
	}
	data := make(map[string]any, len(params))
	for name, value := range params {
		data[name] = value
	}
	return l.T(lang, key, data)
}

func (l *Localizer) say(lang bot.Lang, what *i18n.LocalizeConfig) string {
	if !lang.Valid() {
		lang = bot.Fa
	}
	said, err := l.byLang[lang].Localize(what)
	if err != nil {
		l.tell(lang, what.MessageID, err)
	}
	if said == "" {
		return what.MessageID
	}
	return said
}

func (l *Localizer) tell(lang bot.Lang, id string, err error) {
	if _, told := l.missing.LoadOrStore(string(lang)+" "+id, true); !told {
		l.log.Warn("string missing", "lang", lang, "id", id, "error", err)
	}
}
