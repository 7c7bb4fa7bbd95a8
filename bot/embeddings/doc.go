// Package embeddings asks a server for vectors of texts, in the form that most speak: POST {url}/v1/embeddings.
//
// It knows that form, the bounds of an answer, and that no number, address or link of a member leaves the house: every text is
// masked here, at the last place that sees it. It never knows what the vectors are for, how long somebody waits for them, or
// what to do without.
package embeddings
