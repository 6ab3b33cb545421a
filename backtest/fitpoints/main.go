// Command fitpoints fits a table of points of rules.yaml on labelled items and
// headlines, and writes the file in which the table stands. It has a row for every
// list and group of the rules, and if it is for one language for words of the
// headlines in it, too; rows that are worth nothing are left out.
//
// Of archives it takes the labelled items, and of the others every sixth of which
// nobody would be told: most news is none of the desk's. Headlines were written
// and labelled for the purpose, and count more.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
)

func main() {
	var o options
	flag.StringVar(&o.rules, "rules", "rules.yaml", "rules `file`")
	flag.StringVar(&o.table, "table", "", "`name` of the table")
	flag.StringVar(&o.rule, "rule", "", "`id` of the rule that asks for it: what only it tells counts as ordinary")
	flag.StringVar(&o.events, "events", "", "`lists` of words for the event itself, with commas between them: they never speak against it")
	flag.StringVar(&o.write, "write", "", "`file` to write; it holds the table and nothing else")
	flag.StringVar(&o.language, "language", "", "fit it for items in this `language` only, with rows for words of its headlines, too")
	flag.Func("headlines", "`file` of labelled headlines; may be repeated", o.headline)
	flag.Func("archive", "`items,labels,wide`: files, and for how many items one of the stratum wide stands; may be repeated", o.archive)
	flag.Parse()
	if err := fitPoints(o); err != nil {
		fmt.Fprintln(os.Stderr, "fitpoints:", err)
		os.Exit(1)
	}
}

// fitPoints does what the options say.
func fitPoints(o options) error {
	if o.table == "" || o.write == "" || len(o.headlines)+len(o.archives) == 0 {
		return errors.New("needs -table, -write and -headlines or -archive; see -help")
	}
	before, err := os.ReadFile(o.write)
	if err != nil {
		return err
	}
	s, err := o.read()
	if err != nil { // the file has the rows that were to be fitted: nobody is to be told by these
		return errors.Join(err, os.WriteFile(o.write, before, 0o644))
	}
	text := written(o.table, s.rows, s.fit())
	return os.WriteFile(o.write, []byte(text), 0o644)
}
