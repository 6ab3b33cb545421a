//go:build ignore

// Gen_han writes han.txt from the dictionaries of OpenCC, as a Go module that
// carries them has them:
//
//	go mod download -json github.com/longbridgeapp/opencc@v0.3.13
//	go run gen_han.go -dictionary $GOMODCACHE/github.com/longbridgeapp/opencc@v0.3.13/dictionary
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

const head = `# Chinese characters and the simplified ones for which they stand, two by two: traditional ones, and those of Japan that
# are neither. Made by gen_han.go from TSCharacters.txt and JPVariants.txt of OpenCC, https://github.com/BYVoid/OpenCC,
# Apache License 2.0: see LICENSE-han.
`

func main() {
	log.SetFlags(0)
	dir := flag.String("dictionary", "", "the folder of the dictionaries")
	flag.Parse()
	simple := pairs(filepath.Join(*dir, "TSCharacters.txt"))
	for traditional, japanese := range pairs(filepath.Join(*dir, "JPVariants.txt")) {
		if _, ok := simple[japanese]; ok {
			continue
		}
		to := traditional
		if s, ok := simple[traditional]; ok {
			to = s
		}
		simple[japanese] = to
	}
	var all []rune
	for r, to := range simple {
		if isUnified(r) && isUnified(to) && r != to {
			all = append(all, r)
		}
	}
	slices.Sort(all)
	var b strings.Builder
	b.WriteString(head)
	for i, r := range all {
		fmt.Fprintf(&b, "%c%c", r, simple[r])
		if i%50 == 49 || i == len(all)-1 {
			b.WriteByte('\n')
		}
	}
	if err := os.WriteFile("han.txt", []byte(b.String()), 0o644); err != nil {
		log.Fatal(err)
	}
}

// isUnified reports whether r is of the block of Chinese characters that news
// is written in.
func isUnified(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }

// pairs reads the characters of a dictionary, each with the first that it is
// turned into.
func pairs(file string) map[rune]rune {
	data, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	all := map[rune]rune{}
	for line := range strings.Lines(string(data)) {
		f := strings.Fields(line)
		if len(f) < 2 || utf8.RuneCountInString(f[0]) != 1 || utf8.RuneCountInString(f[1]) != 1 {
			continue
		}
		from, _ := utf8.DecodeRuneInString(f[0])
		to, _ := utf8.DecodeRuneInString(f[1])
		all[from] = to
	}
	return all
}
