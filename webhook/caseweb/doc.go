// Package caseweb is cases in a browser: the lists, one case with everything that is done to it, the register of
// suggestions, what members said afterwards, and the page on which a unit without a sign-in answers a question. Every page
// can be read and every act done without JavaScript.
//
// It knows pages and forms. It decides nothing: who sees what and what an act comes to is the business of bot/casefile and
// bot/cases.
package caseweb
