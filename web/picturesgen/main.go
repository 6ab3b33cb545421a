// Picturesgen makes the pictures of the page that README shows: it plays the invented
// days of coupwatch demo, which take half a minute, and photographs what is there then,
// in Debian's Chromium. Nothing in them is of this world.
//
//	go generate ./web/picturesgen
package main

//go:generate go run . -to ../../docs/pictures

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

func main() {
	to := flag.String("to", "docs/pictures", "the folder of the pictures")
	flag.Parse()
	if err := run(context.Background(), *to); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, to string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	dir, err := os.MkdirTemp("", "picturesgen")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "coupwatch")
	build := exec.CommandContext(ctx, "go", "build", "-o", program, "github.com/coupwatch/coupwatch/cmd/coupwatch")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("build coupwatch: %w", err)
	}
	root, end, err := play(ctx, program)
	if err != nil {
		return err
	}
	defer end()
	return photograph(ctx, root, to)
}

var (
	address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	stays   = regexp.MustCompile(`^The page stays at`)
)

// play plays the demo until end is called, and returns the address of its page when all
// days have passed.
func play(ctx context.Context, program string) (root string, end func(), err error) {
	ctx, cancel := context.WithCancel(ctx)
	demo := exec.CommandContext(ctx, program, "demo", "--listen", "127.0.0.1:0")
	demo.Stderr = os.Stderr
	end = func() { cancel(); _ = demo.Wait() } // that it was killed is no error
	out, err := demo.StdoutPipe()
	if err == nil {
		err = demo.Start()
	}
	if err != nil {
		cancel()
		return "", nil, err
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if stays.MatchString(lines.Text()) {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return address.FindString(lines.Text()), end, nil
		}
	}
	end()
	return "", nil, errors.New("the demo ended before its page stayed")
}

// A shot is a picture of a page, as wide and high as a browser's window.
type shot struct {
	name       string
	wide, high int64
	path       string // "" to go where follow leads
	follow     string // what to click on in the page before
}

var shots = []shot{
	{name: "now", wide: 1280, high: 1000, path: "/"},
	{name: "story", wide: 1280, high: 1000, follow: ".cards .card a.open"},
}

// photograph writes the pictures of the page at root into a folder.
func photograph(ctx context.Context, root, to string) error {
	path, err := exec.LookPath("chromium")
	if err != nil {
		return fmt.Errorf("there is no Chromium; apt-get install chromium: %w", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Flag("disable-gpu", true), chromedp.Flag("hide-scrollbars", true))
	ctx, cancel := chromedp.NewExecAllocator(ctx, options...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		return err
	}
	light := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, light); err != nil {
		return err
	}
	for _, s := range shots {
		if err := s.take(ctx, root, filepath.Join(to, s.name+".png")); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return nil
}

// take writes the picture into a file.
func (s shot) take(ctx context.Context, root, file string) error {
	path := s.path
	if s.follow != "" {
		var err error
		if path, err = chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf("document.querySelector(%q).getAttribute('href')", s.follow))); err != nil {
			return err
		}
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(s.wide, s.high), chromedp.Navigate(root+path), chromedp.WaitVisible("main")); err != nil {
		return err
	}
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return err
	}
	small, err := shrink(picture)
	if err != nil {
		return err
	}
	log.Printf("%s: %d kB", file, len(small)/1000)
	return os.WriteFile(file, small, 0o644)
}
