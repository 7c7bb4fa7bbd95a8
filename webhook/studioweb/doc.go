// Package studioweb is the studio in a browser: the list of scripts, the editor with the picture of the script, the trial
// and the problems beside it, the texts in three languages, the versions, and where members leave.
//
// It knows pages, forms, and how a difference is shown. It decides nothing: what is a problem, what may be published and
// what a version is, is the business of flows/studio.
package studioweb
