//go:build manual

package manual

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// Commands returns the hidden command that writes them, for whoever makes a package;
// version is that of the program, and usage marks a mistake on the command line.
func Commands(version func() string, usage func(error) error) []*cobra.Command {
	return []*cobra.Command{command(version, usage)}
}

func command(version func() string, usage func(error) error) *cobra.Command {
	return &cobra.Command{
		Use:    "manual DIR",
		Short:  "Write manual pages and completions for shells into a folder",
		Hidden: true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] == "" {
				return usage(fmt.Errorf("name the folder to write into, such as build/manual"))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := pages(cmd.Root(), filepath.Join(args[0], "man"), version()); err != nil {
				return fmt.Errorf("write the manual pages: %w", err)
			}
			if err := completions(cmd.Root(), filepath.Join(args[0], "completions")); err != nil {
				return fmt.Errorf("write the completions: %w", err)
			}
			return nil
		},
	}
}

// pages writes a manual page for each command that people see. They bear the date
// of SOURCE_DATE_EPOCH, where that is set, so that two builds write the same.
func pages(root *cobra.Command, dir, version string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	root.DisableAutoGenTag = true
	return doc.GenManTreeFromOpts(root, doc.GenManTreeOptions{
		Header:           &doc.GenManHeader{Section: "1", Source: "coupwatch " + version, Manual: "Coupwatch"},
		Path:             dir,
		CommandSeparator: "-",
	})
}

// completions writes what bash, zsh and fish read at their start, under the names
// by which they look for it.
func completions(root *cobra.Command, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, generate := range map[string]func(io.Writer) error{
		"coupwatch.bash": func(w io.Writer) error { return root.GenBashCompletionV2(w, true) },
		"_coupwatch":     root.GenZshCompletion,
		"coupwatch.fish": func(w io.Writer) error { return root.GenFishCompletion(w, true) },
	} {
		var script bytes.Buffer
		if err := generate(&script); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), script.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
