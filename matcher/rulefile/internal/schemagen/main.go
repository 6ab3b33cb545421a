// Command schemagen writes rules.schema.json, by which editors complete and
// check rules.yaml as it is written, to the file that it is given.
//
// What rules.yaml may hold is said in Go types, and their comments are what
// editors show. Coupwatch itself does not use them: package matcher reads the
// file by hand, since it must tell people what is wrong where.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: schemagen rules.schema.json")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "schemagen:", err)
		os.Exit(1)
	}
}

func write(file string) error {
	text, err := schema()
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o644)
}
