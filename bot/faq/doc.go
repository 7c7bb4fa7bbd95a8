// Package faq finds, for what a member wrote, the Answer or flow that it asks for: the matcher.
//
// It knows words: how Persian, Arabic and English are joined, stemmed and cut into features, how an entry is scored by
// all its phrasings together, and when a score is good enough to act on without asking. It never knows what an entry
// says, where entries come from, who is asking, or what is done with a result. It keeps no file, opens no connection
// and learns nothing by itself. An Index never changes once built: content that is published makes a new one.
package faq
