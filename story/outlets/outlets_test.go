package outlets_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/outlets"
)

func TestNamed(t *testing.T) {
	table := outlets.New(nil)
	tests := []struct{ name, want string }{
		{"The Times", "The Times"},
		{"the times of london", "The Times"},
		{"Times of London", "The Times"},
		{"Таймсу", "The Times"},
		{"REUTERS", "Reuters"},
		{"Reuters'", "Reuters"},
		{"Рейтеру", "Reuters"},
		{"«Рейтер»", "Reuters"},
		{"РИА Новостям", "RIA Novosti"},
		{"Українській правді", "Ukrainska Pravda"},
		{"Украинской правде", "Ukrainska Pravda"},
		{"Важным историям", "Important Stories"},
		{"Комсомольской правдой", "Komsomolskaya Pravda"},
		{"Медузе", "Meduza"},
		{"Kyiv Independent", "The Kyiv Independent"},
		{"The BBC", "BBC"},
		{"El Pais", "El País"},
		{"The Insider", "The Insider"},
		{"Insider", "Business Insider"},
		{"Sky News", "Sky News"},
		{"Sky News Australia", "Sky News Australia"},
		{"The Village Gazette", ""},
		{"", ""},
		{"The", ""},
	}
	for _, tt := range tests {
		o, found := table.Named(tt.name)
		if o.Name != tt.want || found != (tt.want != "") {
			t.Errorf("Named(%q) = %q, %v, want %q", tt.name, o.Name, found, tt.want)
		}
	}
}

func TestAt(t *testing.T) {
	table := outlets.New(nil)
	tests := []struct{ link, want string }{
		{"https://www.bbc.co.uk/news/1", "BBC"},
		{"http://feeds.bbci.co.uk:80/x", "BBC"},
		{"https://english.nv.ua/a", "The New Voice of Ukraine"},
		{"https://news.google.com/rss", "Google News"},
		{"https://tg24.sky.it/x", "Sky TG24"},
		{"https://news.sky.com/x", "Sky News"},
		{"https://notbbc.co.uk/", ""},
		{"https://bbc.co.uk.example.org/", ""},
		{"", ""},
		{"::", ""},
	}
	for _, tt := range tests {
		o, found := table.At(tt.link)
		if o.Name != tt.want || found != (tt.want != "") {
			t.Errorf("At(%q) = %q, %v, want %q", tt.link, o.Name, found, tt.want)
		}
	}
	if !table.Carries("https://news.yahoo.com/a") || table.Carries("https://www.bbc.com/a") {
		t.Error("Carries takes an outlet for a portal, or a portal for none")
	}
}

func TestFamily(t *testing.T) {
	table := outlets.New(nil)
	tests := []struct{ publisher, want string }{
		{"Daily Express", "Reach"},
		{"The Mirror", "Reach"},
		{"dailystar.co.uk", "Reach"},
		{"BBC Russian", "BBC"},
		{"Politico", "Axel Springer"},
		{"Radio Svoboda", "RFE/RL"},
		{"Настоящее время", "RFE/RL"},
		{"RIA Novosti", "Rossiya Segodnya"},
		{"Sky News", "Comcast"},
		{"Sky News Australia", "News Corp Australia"},
		{"Reuters", "Reuters"},
		{"Рейтер", "Reuters"},
		{"The Village Gazette", "The Village Gazette"},
		{"village.example.org", "village.example.org"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := table.Family(tt.publisher); got != tt.want {
			t.Errorf("Family(%q) = %q, want %q", tt.publisher, got, tt.want)
		}
	}
}

// What rules.yaml says wins over what coupwatch knows.
func TestExtra(t *testing.T) {
	table := outlets.New([]news.Outlet{
		{Name: "Village Gazette", Domains: []string{"village.example.org"}, Aliases: []string{"Meduza"}},
		{Name: "The Insider", Family: "Village", Domains: []string{"insider.example.org"}},
		{Name: "Town Crier", Domains: []string{"news.bbc.co.uk"}},
	})
	if o, _ := table.Named("Медуза"); o.Name != "Meduza" {
		t.Errorf("Named(Медуза) = %q, want Meduza: only one of its names was taken", o.Name)
	}
	if o, _ := table.Named("Meduza"); o.Name != "Village Gazette" {
		t.Errorf("Named(Meduza) = %q, want Village Gazette", o.Name)
	}
	if got := table.Family("theins.ru"); got != "Village" {
		t.Errorf("Family(theins.ru) = %q, want Village", got)
	}
	for link, want := range map[string]string{
		"https://www.insider.example.org/": "The Insider", "https://news.bbc.co.uk/1": "Town Crier", "https://www.bbc.co.uk/1": "BBC",
	} {
		if o, _ := table.At(link); o.Name != want {
			t.Errorf("At(%q) = %q, want %q", link, o.Name, want)
		}
	}
}

func TestPrefix(t *testing.T) {
	table := outlets.New(nil)
	tests := []struct {
		text   string
		want   string
		taken  int
		common bool
	}{
		{"Sky News Australia on Monday", "Sky News Australia", 3, false},
		{"Sky News on Monday", "Sky News", 2, false},
		{"the BBC", "BBC", 2, false},
		{"the Times reported", "The Times", 2, false},
		{"Times reported", "The Times", 1, true},
		{"times have changed", "", 0, false},
		{"AP reported", "Associated Press", 1, false},
		{"ap reported", "", 0, false},
		{"Insider", "Business Insider", 1, true},
		{"правду", "", 0, false},
		{"Рейтеру стало", "Reuters", 1, false},
		{"", "", 0, false},
	}
	for _, tt := range tests {
		var words []outlets.Word
		for _, w := range strings.Fields(tt.text) {
			words = append(words, outlets.Word{
				Stem: outlets.Key(w), Capital: strings.ToLower(w[:2]) != w[:2], Capitals: strings.ToUpper(w) == w,
			})
		}
		o, taken, common := table.Prefix(words)
		if o.Name != tt.want || taken != tt.taken || common != tt.common {
			t.Errorf("Prefix(%q) = %q, %d, %v, want %q, %d, %v", tt.text, o.Name, taken, common, tt.want, tt.taken, tt.common)
		}
	}
}

// Each feed that coupwatch comes with is of a publisher and on a host that the
// table knows, and those of one publisher are of one family.
func TestFeeds(t *testing.T) {
	rules, err := os.ReadFile("../../rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	table := outlets.New(nil)
	feeds := regexp.MustCompile(`publisher: ([^,]+),[^}]*url: "([^"]+)"`).FindAllSubmatch(rules, -1)
	if len(feeds) < 30 {
		t.Fatalf("no cases: %d feeds", len(feeds))
	}
	site := regexp.MustCompile(`site:([a-z.]+)`)
	for _, f := range feeds {
		publisher, link := string(f[1]), string(f[2])
		if _, found := table.Named(publisher); !found {
			t.Errorf("the publisher %q is not known", publisher)
		}
		if m := site.FindStringSubmatch(link); m != nil {
			link = "https://" + m[1]
		}
		o, found := table.At(link)
		if got, want := table.Family(o.Name), table.Family(publisher); !found || got != want {
			t.Errorf("%s is at %q of the family %q, want %q", link, o.Name, got, want)
		}
	}
}
