// Package webhook is the way in from the web: the messengers' deliveries, health, metrics, and the headers that every
// page needs.
//
// It knows HTTP, secrets and bodies. It never knows a messenger's words (a Receiver reads them), a script, or a
// database: an Acceptor answers for what is kept, and this package turns that answer into 200 or 503.
package webhook
