package app

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"

	"javab/bot"
)

// dump lets pg_dump write a PostgreSQL database into a file.
func dump(ctx context.Context, dsn, file string) error {
	return runTool(ctx, dsn, "backup.recipe", "pg_dump", "--format=custom", "--no-owner", "--file="+file)
}

// undump lets pg_restore read such a file into an empty database, whole or not at all.
func undump(ctx context.Context, dsn, file string) error {
	return runTool(ctx, dsn, "restore.recipe", "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", file)
}

// runTool runs a program of PostgreSQL's own. Where it is not installed the operator gets its command line instead, to run
// elsewhere. The password goes by the environment: a command line can be read by everyone on the machine.
func runTool(ctx context.Context, dsn, recipe, tool string, args ...string) error {
	address, password, err := withoutPassword(dsn)
	if err != nil {
		return err
	}
	args = append(args, "--dbname="+address)
	path, err := exec.LookPath(tool)
	if err != nil {
		return &bot.Error{Kind: bot.Unavailable, Key: recipe, Err: err, Params: map[string]string{
			"Tool": tool, "Command": tool + " " + strings.Join(args, " "),
		}}
	}
	command := exec.CommandContext(ctx, path, args...)
	command.Env = os.Environ()
	if password != "" {
		command.Env = append(command.Env, "PGPASSWORD="+password)
	}
	if said, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", tool, err, strings.TrimSpace(string(said)))
	}
	return nil
}

// withoutPassword takes the password out of an address, and what only our driver understands.
func withoutPassword(dsn string) (address, password string, err error) {
	u, err := url.Parse(dsn)
	if err != nil {
		return "", "", badValue("JAVAB_DATABASE", "…", "config.want.database", nil) // the parser's error tells the password
	}
	if u.User != nil {
		password, _ = u.User.Password()
		u.User = url.User(u.User.Username())
	}
	kept := url.Values{}
	for name, value := range u.Query() {
		switch {
		case name == "password":
			password = value[0]
		case slices.Contains(libpq, name):
			kept[name] = value
		}
	}
	u.RawQuery = kept.Encode()
	return u.String(), password, nil
}

// libpq are the parameters of an address that PostgreSQL's own programs understand; those of our driver would stop them.
var libpq = []string{
	"host", "port", "dbname", "user", "sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name",
	"options", "target_session_attrs",
}
