package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A picture keeps its commonest colours as they are, and the others nearly so.
func TestShrink(t *testing.T) {
	from := image.NewRGBA(image.Rect(0, 0, 64, 64))
	for y := range 64 {
		for x := range 64 {
			from.Set(x, y, color.RGBA{250, 250, 250, 255})
			if y < 30 {
				from.Set(x, y, color.RGBA{uint8(4 * x), uint8(8 * y), 90, 255})
			}
		}
	}
	var text bytes.Buffer
	if err := png.Encode(&text, from); err != nil {
		t.Fatal(err)
	}
	small, err := shrink(text.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	to, err := png.Decode(bytes.NewReader(small))
	if err != nil || to.Bounds() != from.Bounds() {
		t.Fatalf("%v, %v", to, err)
	}
	if to.At(60, 60) != (color.RGBA{250, 250, 250, 255}) {
		t.Errorf("the ground is %v", to.At(60, 60))
	}
	if len(to.(*image.Paletted).Palette) != 256 {
		t.Errorf("%d colours", len(to.(*image.Paletted).Palette))
	}
}

// The pictures of README are there, and quick to load.
func TestPictures(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range shots {
		file := filepath.Join("docs/pictures", s.name+".png")
		text, err := os.ReadFile(filepath.Join("../..", file))
		if err != nil || len(text) > 150_000 {
			t.Errorf("%s has %d bytes, %v", file, len(text), err)
		}
		if p, err := png.DecodeConfig(bytes.NewReader(text)); err != nil || p.Width != int(s.wide) {
			t.Errorf("%s is %d wide, %v", file, p.Width, err)
		}
		if !strings.Contains(string(readme), file) {
			t.Errorf("README does not show %s", file)
		}
	}
}
