package backtest

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/explain"
	"github.com/coupwatch/coupwatch/news"
)

// What is compared of real months is what is counted by hand of those items that
// Match finds.
func TestComparePeriods(t *testing.T) {
	if testing.Short() {
		t.Skip("reads months of news")
	}
	data := filepath.Join("..", "..", "shared", "data")
	if _, err := os.Stat(data); err != nil {
		t.Skip("there is no archive of news here: ", err)
	}
	rules, err := matcher.Read("../rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var periods []Period
	want := map[string]map[string]float64{}
	for _, p := range []struct {
		name, items, labels string
		wide                float64
	}{
		{"2021", "news-2021-01_2021-09.jsonl.gz", "labels-2021.tsv", 4.29},
		{"russian", "news-ru-2025-07_2026-01.jsonl.gz", "labels-ru.tsv", 1},
	} {
		if p.name != "russian" && !longtest.Wanted() {
			continue
		}
		labels, err := ReadLabels(filepath.Join(data, p.labels), p.wide)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(data, p.items)
		periods = append(periods, Period{Name: p.name, File: file, Labels: labels})
		want[p.name] = scoredByHand(t, rules, file, filepath.Join(data, p.labels), p.wide)
	}
	c, err := ComparePeriods(t.Context(), rules, periods, nil)
	if err != nil {
		t.Fatal(err)
	}
	least := math.Inf(1)
	for _, p := range c.Periods {
		got := map[string]float64{"strict": p.Score.Precision, "lenient": p.Score.Lenient, "recall": p.Score.Recall, "core": p.Score.Core, "F1": p.Score.F1}
		for figure, w := range want[p.Name] {
			if math.Abs(got[figure]-w) > 1e-9 || w == 0 {
				t.Errorf("%s of %s is %.4f, want %.4f", figure, p.Name, got[figure], w)
			}
		}
		least = min(least, p.Without.F1)
		if p.Name == c.Least && p.Without.F1 != least {
			t.Errorf("the least F1 is said to be in %s, but there it is %.3f", c.Least, p.Without.F1)
		}
		t.Logf("%s: F1 %.3f, without own terms %.3f", p.Name, p.Score.F1, p.Without.F1)
	}
}

// scoredByHand returns the figures of the items in file.
func scoredByHand(t *testing.T, rules *matcher.Rules, file, labels string, wide float64) map[string]float64 {
	t.Helper()
	told := map[string]bool{} // by id, as the last that a rule matches
	for l, err := range archive.Lines(file, nil) {
		if err != nil {
			t.Fatal(err)
		}
		it, err := l.Item(file)
		if err != nil {
			t.Fatal(err)
		}
		if r, ok := rules.Match(it); ok {
			told[it.ID] = r.Severity() >= news.Medium
		}
	}
	text, err := os.ReadFile(labels)
	if err != nil {
		t.Fatal(err)
	}
	weights := map[string]float64{"core": 1, "wide": wide}
	var all, alerted, core, coreAlerted float64
	sum := map[string]float64{} // of what is alerted, by label
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		w := weights[f[3]]
		if told[f[0]] {
			sum[f[1]] += w
			alerted += w
		}
		if f[1] != "A" {
			continue
		}
		all += w
		if f[3] == "core" {
			core++
			if told[f[0]] {
				coreAlerted++
			}
		}
	}
	strict, recall := sum["A"]/alerted, sum["A"]/all
	return map[string]float64{
		"strict": strict, "lenient": (sum["A"] + sum["R"]) / alerted, "recall": recall,
		"core": coreAlerted / core, "F1": 2 * strict * recall / (strict + recall),
	}
}

func TestReadLabels(t *testing.T) {
	file := filepath.Join(t.TempDir(), "labels.tsv")
	if err := os.WriteFile(file, []byte("id\tlabel\ttype\tstratum\na\tA\tcoup\tcore\nb\tR\tcoup\twide\nc\tN\t-\trest\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	labels, err := ReadLabels(file, 3)
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]explain.Label{
		"a": {Judgement: explain.Right, Weight: 1, Core: true},
		"b": {Judgement: explain.Related, Weight: 3},
		"c": {Judgement: explain.Wrong},
	} {
		if labels[id] != want {
			t.Errorf("%s is labelled %+v, want %+v", id, labels[id], want)
		}
	}
}
