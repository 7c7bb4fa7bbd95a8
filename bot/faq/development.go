package faq

import (
	"embed"
	"fmt"
	"sync"
)

//go:embed testdata/dev/*.jsonl
var developmentFiles embed.FS

// Development returns the questions that the matcher is developed on, which nobody wrote from phrasings: what a member
// could ask, with the answer of the program's own content that is right, and what nobody can answer. Whose content has
// other answers can measure on those alone that it has.
var Development = sync.OnceValues(func() (all []Question, err error) {
	for _, name := range []string{"queries", "outside"} {
		file, err := developmentFiles.Open("testdata/dev/" + name + ".jsonl")
		if err != nil {
			return nil, fmt.Errorf("open the development set: %w", err)
		}
		questions, err := ReadQuestions(file)
		if err != nil {
			return nil, fmt.Errorf("read the development set: %s: %w", name, err)
		}
		all = append(all, questions...)
	}
	return all, nil
})
