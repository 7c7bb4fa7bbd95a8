package webhook

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"strings"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Access says who may read /metrics.
type Access struct {
	// Token, when set, is asked for as a bearer token, from everyone.
	Token string
	// Open lets everyone read: for a listener of its own, which the operator keeps off the internet.
	Open bool
}

// allows reports whether a request may read. Without a token or a listener of their own the metrics are for this
// machine alone; behind a local proxy every request comes from this machine, so a forwarded one is refused.
func (a Access) allows(r *http.Request) bool {
	if a.Token != "" {
		got, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		return bearer && same(got, a.Token)
	}
	return a.Open || fromHere(r)
}

// same compares in constant time, also over the lengths.
func same(got, want string) bool {
	g, w := sha256.Sum256([]byte(got)), sha256.Sum256([]byte(want))
	return subtle.ConstantTimeCompare(g[:], w[:]) == 1
}

// fromHere reports whether a request was made on this machine and by no proxy.
func fromHere(r *http.Request) bool {
	for name := range r.Header {
		if name == "Forwarded" || name == "X-Real-Ip" || strings.HasPrefix(name, "X-Forwarded-") {
			return false
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	ip := net.ParseIP(host)
	return err == nil && ip != nil && ip.IsLoopback()
}

// Handler shows the metrics to those who may read them. To others there is no such page.
func (m *Metrics) Handler(a Access) http.Handler {
	page := promhttp.HandlerFor(m.Registry, promhttp.HandlerOpts{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !a.allows(r) {
			http.NotFound(w, r)
			return
		}
		page.ServeHTTP(w, r)
	})
}
