package opinions_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/storetest"
)

func TestMutes(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := storetest.Open(t, location)
		at := func(hours int) time.Time { return noon.Add(time.Duration(hours) * time.Hour) }
		story := news.Mute{Story: "s", Until: at(24), Why: "enough", By: "ada"}
		rule, entity, feed := news.Mute{Rule: "coup"}, news.Mute{Entity: "country:ml", Until: at(2)}, news.Mute{Feed: "https://e.org/", Until: at(3)}
		for i, m := range []news.Mute{story, rule, entity, feed} {
			if err := db.Mute(t.Context(), m, noon.Add(time.Duration(i)*time.Minute)); err != nil {
				t.Fatal(err)
			}
		}
		expect := func(hours int, want ...news.Mute) {
			t.Helper()
			got, err := db.Mutes(t.Context(), at(hours))
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("mutes after %d hours, %v (-want +got):\n%s", hours, err, diff)
			}
		}
		expect(1, feed, entity, rule, story)
		expect(2, feed, rule, story)
		entity.Until, entity.By = at(9), "bo"
		if err := db.Mute(t.Context(), entity, at(3)); err != nil {
			t.Fatal(err)
		}
		expect(3, entity, rule, story)
		for _, want := range []bool{true, false} {
			if found, err := db.Unmute(t.Context(), news.Mute{Rule: "coup"}, at(4)); err != nil || found != want {
				t.Errorf("unmute: %v, %v, want %v", found, err, want)
			}
		}
		if found, err := db.Unmute(t.Context(), feed, at(4)); err != nil || found {
			t.Errorf("unmute what has ended: %v, %v, want false", found, err)
		}
		expect(4, entity, story)
		expect(24)
	})
}

func TestMuteErrors(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := storetest.Open(t, location)
		for _, test := range []struct {
			mute news.Mute
			want string
		}{
			{news.Mute{Why: "all"}, "name one of a story, a rule, an entity and a feed"},
			{news.Mute{Story: "s", Rule: "coup"}, "name one of a story"},
			{news.Mute{Story: "s", Until: noon}, "the end has passed already"},
		} {
			if err := db.Mute(t.Context(), test.mute, noon); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("mute %+v: got %v, want %q in it", test.mute, err, test.want)
			}
		}
	})
}

// A person may think again of an item and a rule, and others may differ.
func TestLabels(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := storetest.Open(t, location)
		label := func(item, rule, by string, minutes int, relevant bool) news.Label {
			return news.Label{Item: item, Rule: rule, By: by, Story: "s", Version: "v1", Relevant: relevant, At: noon.Add(time.Duration(minutes) * time.Minute)}
		}
		for _, l := range []news.Label{
			label("a", "coup", "ada", 1, true), label("a", "coup", "bo", 2, false), label("a", "plot", "ada", 3, true),
			label("b", "coup", "ada", 4, true), label("a", "coup", "ada", 5, false), label("a", "plot", "ada", 0, false),
		} {
			if err := db.Label(t.Context(), l); err != nil {
				t.Fatal(err)
			}
		}
		want := []news.Label{
			label("a", "coup", "bo", 2, false), label("a", "plot", "ada", 3, true),
			label("b", "coup", "ada", 4, true), label("a", "coup", "ada", 5, false),
		}
		got, err := db.Labels(t.Context())
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("labels, %v (-want +got):\n%s", err, diff)
		}
	})
}

// What a person said can be taken back, by that person and not by a press that came
// before it.
func TestUnlabel(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := storetest.Open(t, location)
		label := func(item, by string, minutes int) news.Label {
			return news.Label{Item: item, Rule: "coup", By: by, Story: "s-" + item, Relevant: true, At: noon.Add(time.Duration(minutes) * time.Minute)}
		}
		for _, l := range []news.Label{label("a", "ada", 1), label("a", "bo", 2), label("b", "ada", 3)} {
			if err := db.Label(t.Context(), l); err != nil {
				t.Fatal(err)
			}
		}
		for _, press := range []struct {
			label news.Label
			want  bool
		}{{label("a", "ada", 0), false}, {label("a", "ada", 5), true}, {label("a", "ada", 6), false}, {label("a", "cy", 6), false}} {
			if found, err := db.Unlabel(t.Context(), press.label); err != nil || found != press.want {
				t.Errorf("take back %v: %v, %v, want %v", press.label, found, err, press.want)
			}
		}
		for story, want := range map[string][]news.Label{"s-a": {label("a", "bo", 2)}, "s-b": {label("b", "ada", 3)}, "s-c": nil} {
			got, err := db.LabelsOf(t.Context(), story)
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("labels of %s, %v (-want +got):\n%s", story, err, diff)
			}
		}
	})
}
