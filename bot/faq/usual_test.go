package faq

import "javab/bot"

// What tests ask of the usual speech.

func stem(lang bot.Lang, word string) string { return usual().tablesOf(lang).stem(word) }

func skeletonWords(s string) []string { return usual().skeletonWords(s) }

// SmallTalk is Speech.SmallTalk of the usual speech.
func SmallTalk(s string) (Talk, bool) { return usual().SmallTalk(s) }

// Questions is Speech.Questions of the usual speech.
func Questions(s string) []string { return usual().Questions(s) }
