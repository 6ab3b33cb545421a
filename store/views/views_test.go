package views_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
	"github.com/coupwatch/coupwatch/store/storetest"
	"github.com/coupwatch/coupwatch/store/views"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestPlaceholdersAppearInOrder(t *testing.T) { enginetest.CheckPlaceholders(t, 3) }

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

// The last word about a name counts, and what is dropped is gone, however often that
// is said.
func TestViews(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := storetest.Open(t, location)
		sahel := news.View{Name: "Sahel", Query: "country=ml&country=ne", By: "ann", At: noon}
		for _, v := range []news.View{sahel, {Name: "Ярко", Query: "severity=high", By: "ann", At: noon}, {Name: "Sahel", Query: "country=ml", By: "bob", At: noon.Add(time.Hour)}, {Name: "gone", At: noon}} {
			if saved, err := db.SaveView(t.Context(), v); err != nil || !saved {
				t.Fatal(saved, err)
			}
		}
		for range 2 {
			if err := db.DropView(t.Context(), "gone"); err != nil {
				t.Fatal(err)
			}
		}
		all, err := db.Views(t.Context())
		if err != nil || len(all) != 2 || all[0] != (news.View{Name: "Sahel", Query: "country=ml", By: "bob", At: noon.Add(time.Hour)}) || all[1].Name != "Ярко" {
			t.Fatalf("there are %+v, %v", all, err)
		}
		for i := range views.Most - 2 {
			if saved, err := db.SaveView(t.Context(), news.View{Name: fmt.Sprint(i)}); err != nil || !saved {
				t.Fatal(saved, err)
			}
		}
		if saved, err := db.SaveView(t.Context(), news.View{Name: "one more"}); err != nil || saved {
			t.Errorf("one more than there may be: saved %v, %v", saved, err)
		}
		if saved, err := db.SaveView(t.Context(), sahel); err != nil || !saved {
			t.Errorf("one that is there is not saved anew: %v, %v", saved, err)
		}
	})
}
