// Package browser holds the tests that look at the real program through a real browser: the member's way through the
// demo page in three languages, its direction and fit, what axe-core finds, the keyboard, and an outage.
//
// It knows the page as a person does: by the words on its buttons, by what is where, by what has the focus. It never
// knows what is behind the page, and never answers in the program's place.
//
// The tests need Chromium; without it they are skipped, and fail when CI=true. Run them with -count=1: they build the
// program themselves, so Go's cache of test results does not see that it has changed.
package browser
