// Package learning shows admins what members asked in their own words and were not answered: put together by likeness, with
// what became of it; which answers take each other's phrasings, and which have too few; and what one more phrasing would do
// to how well members are understood.
//
// It knows what counts as unanswered and what counts as known to be right. It never changes what the bot says: nothing is
// learnt but by an admin, who publishes it. It never knows a page, a file of the content, or who a member is.
package learning
