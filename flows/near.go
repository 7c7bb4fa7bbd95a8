package flows

import "javab/locales/text"

// near returns the known word that was most likely meant, or "".
func near(word string, known []string) string {
	folded := make([]string, len(known))
	for i, k := range known {
		folded[i] = text.Fold(k)
	}
	nearest := text.Nearest(text.Fold(word), folded)
	for i, f := range folded {
		if f == nearest && nearest != "" {
			return known[i]
		}
	}
	return ""
}

// fold is the one way in which words are compared.
func fold(s string) string { return text.Fold(s) }
