package subject

import (
	"fmt"
	"path/filepath"
)

// Secret is the webhook's secret in all runs.
const Secret = "tools-tools-tools-tools-tools-tools-tools"

// Javab is how the product is started: where it listens, where its data and the messenger are.
type Javab struct {
	Binary  string
	Engine  *Engine
	API     string // base URL of the Bot API
	Senders int
	Env     []string // what else it is told
}

// New makes a subject at a free address. The webhook is at Hook of its address.
func (j Javab) New() (*Subject, error) {
	address, err := Port()
	if err != nil {
		return nil, err
	}
	return &Subject{
		Binary: j.Binary, Args: []string{"serve"}, Address: address,
		Log: filepath.Join(j.Engine.folder, "log-"+filepath.Base(address)),
		Env: append(j.Engine.Env(), append([]string{
			"JAVAB_LISTEN=" + address, "JAVAB_PUBLIC_URL=http://" + address, "JAVAB_HOOK_SECRET=" + Secret,
			"JAVAB_TELEGRAM_TOKEN=4242:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "JAVAB_TELEGRAM_API=" + j.API,
			"JAVAB_KEY=k3y-of-the-tools-runs-0123456789abcdef", "JAVAB_MEMBER_LIMIT=0", "JAVAB_LOG=warn",
			fmt.Sprintf("JAVAB_SENDERS=%d", j.Senders),
		}, j.Env...)...),
	}, nil
}

// Bare makes the yardstick, tools/bare, a subject at a free address that logs into a folder.
func Bare(binary, folder, api string) (*Subject, error) {
	address, err := Port()
	return &Subject{
		Binary: binary, Args: []string{"-listen", address, "-api", api}, Address: address, Log: filepath.Join(folder, "bare.log"),
	}, err
}

// Hook is where updates go.
func (s *Subject) Hook() string { return "http://" + s.Address + "/hook/tg" }
