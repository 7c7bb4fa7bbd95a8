package app

import (
	"fmt"
	"io/fs"
	"os"
	"path"

	"github.com/spf13/cobra"

	"javab/bot"
	"javab/flows"
	"javab/flows/content"
	"javab/flows/scripts"
)

func checkCommand(e Environment) *cobra.Command {
	var asJSON, schema bool
	command := &cobra.Command{
		Use: "check [PATH]", Short: "Tell everything that is wrong with scripts and content", Args: cobra.MaximumNArgs(1),
		Long: "Reads a folder of content (scripts, and lists under content/) and tells every problem with its place and what\n" +
			"to do about it. Without PATH it reads the content that Javab comes with. Exit code 1 when there are errors;\n" +
			"warnings alone do not count.",
		Example: "  javab check ./content\n  javab check --json ./content\n  javab check --schema > script.schema.json",
		RunE: func(_ *cobra.Command, args []string) error {
			if schema {
				return e.printSchema()
			}
			c, err := e.console()
			if err != nil {
				return err
			}
			folder, err := e.folder(args)
			if err != nil {
				return err
			}
			_, problems := content.Load(folder.files)
			return c.tellProblems(folder, problems, asJSON)
		},
	}
	command.Flags().BoolVar(&asJSON, "json", false, "print the problems as JSON")
	command.Flags().BoolVar(&schema, "schema", false, "print the JSON Schema of scripts, for editors, and check nothing")
	return command
}

func (e Environment) printSchema() error {
	schema, err := flows.JSONSchema()
	if err == nil {
		_, err = e.Stdout.Write(schema)
	}
	return err
}

// folder is content to work on.
type folder struct {
	files fs.FS
	path  string // as the operator wrote it; empty for the embedded content
}

// folder returns the content that the arguments name: a folder, else what Javab comes with.
func (e Environment) folder(args []string) (folder, error) {
	if len(args) == 0 {
		return folder{files: scripts.FS}, nil
	}
	at := e.path(args[0])
	info, err := os.Stat(at)
	if err != nil || !info.IsDir() {
		return folder{}, &bot.Error{Kind: bot.Invalid, Key: "content.no_folder", Err: err, Params: map[string]string{"Path": args[0]}}
	}
	return folder{files: os.DirFS(at), path: args[0]}, nil
}

// name is a file of the folder as the operator would write it.
func (f folder) name(file string) string { return path.Join(f.path, file) }

// told is a problem with its message in the operator's language.
type told struct {
	flows.Problem
	Message string `json:"message"`
}

func (c *console) tellProblems(f folder, problems []flows.Problem, asJSON bool) error {
	all := make([]told, len(problems))
	broken := 0
	for i, p := range problems {
		all[i] = told{p, p.Message(c.translate)}
		all[i].File = f.name(p.File)
		if p.Severity == flows.Error {
			broken++
		}
	}
	if err := c.printProblems(all, broken, asJSON); err != nil {
		return err
	}
	if broken > 0 {
		return errProblems
	}
	return nil
}

func (c *console) printProblems(all []told, broken int, asJSON bool) error {
	warnings := len(all) - broken
	if asJSON {
		return c.json(map[string]any{"problems": all, "errors": broken, "warnings": warnings})
	}
	for _, p := range all {
		fmt.Fprintf(c.out, "%s:%d:%d: %s: %s\n", p.File, p.Line, p.Column, c.t("check."+string(p.Severity), nil), p.Message)
	}
	if len(all) == 0 {
		c.say("check.fine", nil)
		return nil
	}
	c.say("check.summary", params{"Errors": broken, "Warnings": warnings})
	return nil
}

// translate finds the message of a problem in the catalogs.
func (c *console) translate(id string, values map[string]string) string {
	data := make(params, len(values))
	for name, value := range values {
		data[name] = value
	}
	return c.t(id, data)
}
