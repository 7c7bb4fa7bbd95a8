package storagetest

import (
	"os"
	"testing"
)

// Server returns the address of a real server from the environment. Without one the test is skipped on a developer's
// machine, and fails in CI: a green run there has seen all servers.
func Server(t testing.TB, variable, example string) string {
	t.Helper()
	address := os.Getenv(variable)
	if address == "" && os.Getenv("CI") == "true" {
		t.Fatalf("%s is not set, and CI must test on the real server", variable)
	}
	if address == "" {
		t.Skipf("set %s to test on a real server, for example %s=%s", variable, variable, example)
	}
	return address
}
