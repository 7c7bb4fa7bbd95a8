// Package contentweb is the studio for those who want no YAML: forms over the answers, the guides of services and the other
// lists of the content, three languages side by side, what officers propose about them, what a newer program offers, and the
// rules of publishing.
//
// It knows which fields an entry has and how each is filled in. It never knows what is wrong with a content, when it goes
// live, or how a file is written: flows/studio checks and keeps, flows/texts writes.
package contentweb
