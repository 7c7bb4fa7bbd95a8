// Package learnweb is the pages on which an admin learns from what was not understood: what members asked and nobody answered,
// put together by likeness; which answers are weak; and a phrasing more for an answer, with what it would do before it is kept.
//
// It knows how clusters are shown and how a phrasing comes into the admin's draft. It never knows what is unanswered, how an
// effect is measured, or when a draft goes live.
package learnweb
