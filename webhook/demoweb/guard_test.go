package demoweb

import (
	"net/http/httptest"
	"testing"
)

func TestTheDemoIsForThisMachineAlone(t *testing.T) {
	for _, row := range []struct {
		what, host, from string
		headers          []string
		code             int
	}{
		{"by name", "localhost:8080", "127.0.0.1:1", nil, 200},
		{"by number", "127.0.0.1:8080", "127.0.0.1:1", nil, 200},
		{"by IPv6", "[::1]:8080", "[::1]:1", nil, 200},
		{"without a port", "localhost", "127.0.0.1:1", nil, 200},
		{"from another machine", "localhost:8080", "192.0.2.7:1", nil, 403},
		{"by a name that points here", "evil.example:8080", "127.0.0.1:1", nil, 403},
		{"by a name that looks local", "localhost.evil.example", "127.0.0.1:1", nil, 403},
		{"by a number that looks local", "127.0.0.1.evil.example", "127.0.0.1:1", nil, 403},
		{"without a name", "", "127.0.0.1:1", nil, 403},
		{"through a proxy", "localhost:8080", "127.0.0.1:1", []string{"X-Forwarded-For", "192.0.2.7"}, 403},
		{"through a newer proxy", "localhost:8080", "127.0.0.1:1", []string{"Forwarded", "for=192.0.2.7"}, 403},
	} {
		t.Run(row.what, func(t *testing.T) {
			h := open(t)
			for _, path := range []string{"/demo", "/demo/state", "/demo/peek/7001", "/sim/chats"} {
				r := request(t, "GET", path, "")
				r.Host, r.RemoteAddr = row.host, row.from
				for i := 0; i+1 < len(row.headers); i += 2 {
					r.Header.Set(row.headers[i], row.headers[i+1])
				}
				answer := httptest.NewRecorder()
				h.web.ServeHTTP(answer, r)
				if answer.Code != row.code {
					t.Errorf("%s answered %d, want %d", path, answer.Code, row.code)
				}
			}
		})
	}
}

func TestAPageElsewhereCannotActInTheDemo(t *testing.T) {
	h := open(t)
	for path, body := range map[string]string{"/demo/members": `{"name":"x"}`, "/sim/chats/7001/text": `{"text":"x"}`, "/sim/reset": ""} {
		r := request(t, "POST", path, body)
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		answer := httptest.NewRecorder()
		h.web.ServeHTTP(answer, r)
		if answer.Code != 403 {
			t.Errorf("%s answered %d", path, answer.Code)
		}
	}
	if screens := h.screens(t); len(screens) != 3 || len(screens[0].Messages) != 0 {
		t.Error("a page elsewhere had an effect")
	}
}
