//go:build !manual

// Package manual writes what a package of coupwatch brings beside the program: the
// manual pages and what shells need to complete its command lines, all made from
// the commands themselves. It does so in a program that is built with the tag
// "manual", as for a release; in others the libraries for it would cost every
// command a hundredth of a second at its start.
package manual

import "github.com/spf13/cobra"

// Commands returns no command.
func Commands(func() string, func(error) error) []*cobra.Command { return nil }
