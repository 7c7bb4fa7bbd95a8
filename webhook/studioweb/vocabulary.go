package studioweb

import (
	"maps"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"javab/flows"
)

// vocabulary is what the editor offers to write.
type vocabulary struct {
	flows.Vocabulary
	Lists []string `json:"lists"`
	Flows []string `json:"flows"`
}

func (w *Web) vocabulary(c echo.Context) error {
	return c.JSON(http.StatusOK, vocabulary{flows.NewVocabulary(w.Language.Env()), w.Language.ListNames(), w.Language.FlowNames()})
}

// helped are the strings that say what the words of the language are for, and phrases those of the editor itself.
var (
	helped  = helpIDs()
	phrases = phraseIDs()
)

// helpIDs are of every key, of every kind of answer, and of everything that the program can be asked to do.
func helpIDs() (ids []string) {
	v := flows.NewVocabulary(flows.Env{Actions: flows.ActionSpecs})
	words := map[string]bool{}
	for _, keys := range []map[string][]string{v.Keys, v.Beside} {
		for _, list := range keys {
			for _, key := range list {
				words[key] = true
			}
		}
	}
	for _, kind := range v.Expect {
		words[kind] = true
	}
	for action := range v.Actions {
		words[action] = true
	}
	for _, word := range slices.Sorted(maps.Keys(words)) {
		ids = append(ids, "studio.help."+word)
	}
	return ids
}

// phraseIDs are of what CodeMirror says by itself.
func phraseIDs() []string {
	words := []string{
		"find", "replace", "next", "previous", "all", "match_case", "regexp", "by_word", "replace_all", "close", "completions", "fold_line",
		"unfold_line", "folded_lines", "unfolded_lines", "unfold", "folded_code", "current_match", "on_line", "replaced_matches",
		"replaced_match_on_line", "control_character", "go_to_line", "go", "diagnostics", "no_diagnostics", "selection_deleted",
	}
	ids := make([]string, len(words))
	for i, word := range words {
		ids[i] = "studio.editor." + word
	}
	return ids
}
