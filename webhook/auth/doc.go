// Package auth stands before the pages of staff: sign-in, sessions in a cookie, the lock screen, the person's own
// account, and which role may ask for which route.
//
// It knows browsers, cookies and roles.yaml, the only place where it is said who may do what: a route that is not there
// is nobody's. It never knows what a page shows, or how a password is compared (bot/staff does).
package auth
