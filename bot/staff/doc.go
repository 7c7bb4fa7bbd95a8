// Package staff is who may sit at the desk: accounts of officers, managers, admins and auditors, how they prove who they
// are, and for how long that proof is good.
//
// It knows passwords, second factors, failures and sessions, and what of it is written into the audit. It never knows a
// browser, a cookie or a route: what a role may do is said in webhook/auth/roles.yaml. Its clock is the world's own; the
// demo's skipped days end no session.
package staff
