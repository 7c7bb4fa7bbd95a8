// Package memberweb is the register of members in a browser: the search over people, cases and all that was said, the
// profile of one member with how each fact of him is known, and the log of calls, visits and letters. Every page can be
// read and every act done without JavaScript.
//
// It knows pages and forms. It decides nothing: who finds what, and what is written into the audit, is the business of
// bot/members.
package memberweb
