package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/completion"
	"github.com/coupwatch/coupwatch/matcher/explain"
)

// kinds are what a name may be that is not in rules.yaml.
var kinds = []string{"person", "agency", "office", "organisation", "outlet", "city"}

func namesCommand(p *program) *cobra.Command {
	var latin, kind string
	var asJSON, all bool
	cmd := &cobra.Command{
		Use:   "names NAME|ID",
		Short: "Show every spelling in which a name is recognised",
		Long: `Names shows in what spellings a name is recognised: its cases, its counterparts in
other alphabets, and how the press of other countries writes it. It says which
want their capitals, and which count only where something tells who is meant.

The name is one as people write it, or the id of an entity of the rules file,
such as beseda or country:ml.`,
		Example: `  coupwatch names "Сергей Беседа"
  coupwatch names "Сергей Беседа" --latin "Sergei Beseda"
  coupwatch names beseda --all
  coupwatch names --kind agency "Federal Security Service"`,
		Args: exactlyOne(`give one name, in quotes if it has several words, or one id`),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(kinds, kind) {
				return usageError{fmt.Errorf("--kind %q should be one of %s", kind, strings.Join(kinds, ", "))}
			}
			free := cmd.Flags().Changed("latin") || cmd.Flags().Changed("kind")
			spellings, err := p.spellings(asked{args[0], latin, kind, free})
			if err != nil {
				return err
			}
			switch {
			case asJSON:
				return json.NewEncoder(p.out).Encode(spellings)
			case all:
				return answers.AllSpellings(p.out, spellings)
			}
			return answers.Spellings(p.out, spellings)
		},
	}
	cmd.Flags().StringVar(&latin, "latin", "", "the name in Latin letters, if NAME is in others")
	cmd.Flags().StringVar(&kind, "kind", "person", "what bears the name: "+strings.Join(kinds, ", "))
	completion.Flag(cmd, "kind", kinds...)
	cmd.Flags().BoolVar(&all, "all", false, "show every spelling on a line of its own")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

// asked is whose spellings are asked for.
type asked struct {
	name, latin, kind string
	free              bool // it is no id of the rules file
}

// spellings returns what the rules file or else package matcher makes of a
// name. A word in small letters is an id.
func (p *program) spellings(a asked) (explain.Spellings, error) {
	name := strings.TrimSpace(a.name)
	if !a.free && !strings.ContainsFunc(name, unicode.IsSpace) {
		id, isID := strings.CutPrefix(name, "@")
		isID = isID || strings.ContainsFunc(name, unicode.IsLower) && !strings.ContainsFunc(name, unicode.IsUpper)
		rules, err := readRules(p.Rules)
		switch {
		case err == nil:
			found, err := rules.Spellings(id)
			if err == nil || isID {
				return found, err
			}
		case isID || !errors.Is(err, fs.ErrNotExist):
			return explain.Spellings{}, err
		}
	}
	native := ""
	if !isLatin(name) {
		name, native = a.latin, name
	} else if a.latin != "" {
		return explain.Spellings{}, usageError{fmt.Errorf("%q is in Latin letters itself; leave --latin away", name)}
	}
	spellings := explain.Spell(name, native, a.kind)
	if len(spellings.Forms) == 0 {
		return spellings, fmt.Errorf("%q has no words", a.name)
	}
	return spellings, nil
}

// isLatin reports whether the letters of a name are Latin ones.
func isLatin(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) })
}
