package news_test

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"testing"

	"github.com/coupwatch/coupwatch/news"
)

// A database holds stories, alerts and verdicts as JSON. The names in it
// outlive those of the code: whoever renames a field keeps the name in its tag,
// or what is stored is lost without an error. A new field belongs into the
// files, too.
func TestStored(t *testing.T) {
	for _, tt := range []struct {
		file string
		into any
	}{
		{"story.json", &news.Story{}},
		{"alert.json", &news.Alert{}},
		{"matches.json", &[]news.Match{}},
		{"says.json", &[]news.Attribution{}},
	} {
		t.Run(tt.file, func(t *testing.T) {
			raw, err := os.ReadFile("testdata/stored/" + tt.file)
			if err != nil {
				t.Fatal(err)
			}
			d := json.NewDecoder(bytes.NewReader(raw))
			d.DisallowUnknownFields()
			if err := d.Decode(tt.into); err != nil {
				t.Fatal(err)
			}
			empty(t, tt.file, reflect.ValueOf(tt.into).Elem())
			again, err := json.MarshalIndent(tt.into, "", " ")
			if err != nil {
				t.Fatal(err)
			}
			if want := bytes.TrimSpace(raw); !bytes.Equal(again, want) {
				t.Errorf("it is stored otherwise now:\n%s\nwant\n%s", again, want)
			}
		})
	}
}

// empty fails for each field in v that the file says nothing of.
func empty(t *testing.T, path string, v reflect.Value) {
	t.Helper()
	switch {
	case v.IsZero():
		t.Errorf("%s is empty", path)
	case v.Type().PkgPath() == "time":
	case v.Kind() == reflect.Pointer:
		empty(t, path, v.Elem())
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8:
		empty(t, path+"[0]", v.Index(0))
	case v.Kind() == reflect.Struct:
		for f, x := range v.Fields() {
			if f.Tag.Get("json") != "-" && f.Type != reflect.TypeFor[news.Login]() {
				empty(t, path+"."+f.Name, x)
			}
		}
	}
}
