// Package faq finds, for what a member wrote, the Answer or flow that it asks for: the matcher.
//
// It knows words: how Persian, Arabic, English and Finglish are told apart, joined, stemmed and cut into features, how an
// entry is scored by all its phrasings together, how far a score is to be trusted, and what is small talk. Build makes an
// index at once (score R); Speech.TrainUntil makes a better one in seconds (score S, with the probability P that it is
// right); Live serves the first until the second is there. It never knows what becomes of an answer, where entries come
// from or who is asking. It keeps no file, opens no connection and learns nothing by itself. An Index never changes once
// built: content that is published makes a new one.
package faq
