package filter_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/filter"
)

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

func parse(t *testing.T, query string) filter.Filter {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	f, err := filter.Parse(values)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return f
}

func TestMatches(t *testing.T) {
	s := news.Story{
		Headline: "Officers in Zamunda plan to remove the president", Severity: news.High, Status: news.Claim, Told: noon,
		Rules: []string{"coup", "plot"}, Entities: []string{"guard"}, Countries: []string{"zm", "ru"}, About: news.Words{{Text: "ru", Weight: .1}, {Text: "zm", Weight: 2}},
		Quote: news.Quote{Text: "“Всё готово”, said Ann Example", By: "The Herald"}, Sources: []news.Source{{Publisher: "Wire One"}},
	}
	for query, want := range map[string]bool{
		"": true, "severity=high": true, "severity=low": true, "severity=critical": false,
		"status=claim": true, "status=rumour,claim": true, "status=rumour&status=denied": false,
		"rule=coup": true, "rule=mutiny": false, "rule=mutiny&rule=plot": true,
		"country=zm": true, "country=ZM": true, "country=ru": false, "entity=guard": true, "entity=palace": false,
		"told=yes": true, "told=no": false, "q=PRESIDENT+zamunda": true, "q=президент": false, "q=готово+wire": true, "q=herald": true,
		"severity=high&country=zm&rule=coup&told=yes": true, "severity=high&country=ml": false, "page=3&country=": true,
	} {
		if got := parse(t, query).Matches(s); got != want {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
}

func TestAddress(t *testing.T) {
	for query, want := range map[string]string{
		"": "", "country=&rule=&page=2&severity=high": "?severity=high",
		"since=48h&rule=b,a&rule=a&q=+Two++Words": "?rule=b&rule=a&since=2d&q=two+words",
		"tag=a%26b&since=5h&told=no&language=ru":  "?language=ru&tag=a%26b&told=no&since=5h",
		"status=denied,claim&entity=x&country=ML": "?status=denied&status=claim&country=ml&entity=x",
	} {
		f := parse(t, query)
		if got := f.Query(); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
		if again := parse(t, strings.TrimPrefix(want, "?")).Query(); again != want {
			t.Errorf("%s is read as %s", want, again)
		}
	}
	f := parse(t, "rule=a&rule=b&severity=high")
	if got, want := f.Without(filter.Part{Key: filter.Rule, Value: "a"}), "?severity=high&rule=b"; got != want {
		t.Errorf("without: %s, want %s", got, want)
	}
	if got, want := f.With(filter.Severity, "low")+f.With(filter.Rule, "a"), "?rule=a&rule=b&severity=low?severity=high&rule=b&rule=a"; got != want {
		t.Errorf("with: %s, want %s", got, want)
	}
}

func TestMistakes(t *testing.T) {
	for query, want := range map[string]string{
		"severity=hgh": "low, medium, high or critical", "status=sure": "rumour, claim", "told=maybe": "yes or no", "since=3": "6h or 3d",
		"since=31d": "up to thirty", "since=d": "6h or 3d", "since=-1h": "6h or 3d", "since=99999999999999h": "6h or 3d", "rule=" + strings.Repeat("a,b,", 1) + "c1,c2,c3,c4,c5,c6,c7,c8,c9,d1,d2,d3,d4,d5,d6,d7,d8,d9,e1": "too many",
	} {
		values, _ := url.ParseQuery(query)
		if _, err := filter.Parse(values); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", query, err, want)
		}
	}
}

// Whatever stands in an address, the filter's own address is read as it is.
func FuzzAddress(f *testing.F) {
	f.Add("rule=a,b&since=3d&q=x%20y&country=ML")
	f.Add("status=claim&tag=%00%ff&severity=low")
	f.Fuzz(func(t *testing.T, query string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		first, err := filter.Parse(values)
		if err != nil {
			return
		}
		values, err = url.ParseQuery(strings.TrimPrefix(first.Query(), "?"))
		if err != nil {
			t.Fatal(err)
		}
		again, err := filter.Parse(values)
		if err != nil || again.Query() != first.Query() {
			t.Errorf("%q gives %q, and that %q, %v", query, first.Query(), again.Query(), err)
		}
	})
}
