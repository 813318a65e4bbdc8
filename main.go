// Byline is a terminal reader for people who read articles to find out who is named
// and who said what. Package ui/cli is its command line; README.md leads on.
package main

import (
	"os"

	"byline/ui/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
