// Package officeweb is the chamber's back office in a browser: the staff and what each may, units, queues, hours, ready
// replies, the audit and the state of the machine. Every page is read and every act done without JavaScript.
//
// It knows pages and forms. It never knows a chat, a database or a script, and decides nothing: who may ask for a page is
// webhook/auth's business, what an act comes to is bot/staff's.
package officeweb
