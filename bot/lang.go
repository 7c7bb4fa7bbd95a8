package bot

// Lang is a language that members, officers and content speak.
type Lang string

// The three languages. Every sentence of the content exists in each of them.
const (
	Fa Lang = "fa"
	Ar Lang = "ar"
	En Lang = "en"
)

// Langs lists the languages in the order in which the content and the pages show them.
var Langs = [...]Lang{Fa, Ar, En}

// Valid reports whether l is one of the three languages.
func (l Lang) Valid() bool { return l == Fa || l == Ar || l == En }

// RTL reports whether l is written from right to left.
func (l Lang) RTL() bool { return l == Fa || l == Ar }

// Text is one sentence of the content in the three languages, side by side.
type Text struct {
	Fa string `json:"fa,omitempty" yaml:"fa"`
	Ar string `json:"ar,omitempty" yaml:"ar"`
	En string `json:"en,omitempty" yaml:"en"`
}

// In returns the text in language l; an unknown language reads Persian, the house's own.
func (t Text) In(l Lang) string {
	switch l {
	case Ar:
		return t.Ar
	case En:
		return t.En
	default:
		return t.Fa
	}
}

// Empty reports whether the text says nothing in any language.
func (t Text) Empty() bool { return t == Text{} }
