// Command javab is the chamber's self-service bot and member desk in one binary.
package main

import (
	"os"

	"javab/cmd/javab/app"
)

func main() { os.Exit(app.Main(app.System())) }
