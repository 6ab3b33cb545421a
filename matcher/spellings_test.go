package matcher_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/explain"
)

const spelled = `
entities:
  - {id: ivanov, kind: person, name: Sergei Ivanov, native: Сергей Иванов, helper: kremlin OR general, exclude: [Sergi Ivanov, Ivanoff Ivan]}
  - {id: surovikin, kind: person, name: Sergei Surovikin, native: Сергей Суровикин, helper: army}
  - {id: shoigu, kind: person, name: Sergei Shoigu}
  - {id: fsb, kind: agency, name: Federal Security Service, native: Федеральная служба безопасности, aliases: [FSB]}
rules:
  - {id: a, match: "@ivanov OR @surovikin OR @fsb"}
`

func TestSpellings(t *testing.T) {
	r, err := matcher.ParseFS(fstest.MapFS{"rules.yaml": {Data: []byte(spelled)}}, "rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		id, written, want string
	}{
		{"ivanov", "Sergei Ivanov", "Latin, as written"},
		{"ivanov", "Ivanov", "Latin, as written, alone, capitals, doubtful"},
		{"ivanov", "Иванову", "Cyrillic, Russian dative, alone, capitals, doubtful"},
		{"ivanov", "Iwanow", "Latin, German press, alone, capitals, doubtful"},
		{"ivanov", "Sergi Ivanov", "Latin, as written, excluded"},
		{"ivanov", "Ivanoff Ivan", "Latin, not a spelling of it anyway, excluded"},
		{"surovikin", "Surovikin", "Latin, as written, alone, capitals, doubtful"},
		{"shoigu", "Shoigu", "Latin, as written, alone, capitals"},
		{"fsb", "FSB", "Latin, alias, capitals"},
		{"fsb", "Федеральной службы безопасности", "Cyrillic, Russian genitive"},
		{"country:ml", "Malian", "Latin, nationality, en, capitals"},
	}
	for _, tt := range tests {
		x, err := r.Spellings(tt.id)
		if err != nil {
			t.Errorf("Spellings(%q): %v", tt.id, err)
		}
		got := "-"
		for _, f := range x.Forms {
			if f.Written == tt.written {
				got = described(f)
			}
		}
		if got != tt.want {
			t.Errorf("Spellings(%q): %s is %s, want %s", tt.id, tt.written, got, tt.want)
		}
	}
	if x, _ := r.Spellings("ivanov"); x.Helper != "kremlin OR general" || x.Native != "Сергей Иванов" || x.Kind != "person" {
		t.Errorf("Spellings of an entity has %q, %q, %q, want what rules.yaml says", x.Helper, x.Native, x.Kind)
	}
}

func described(f explain.Spelling) string {
	said := []string{f.Script, f.How}
	for _, is := range []struct {
		so   bool
		name string
	}{{f.Alone, "alone"}, {f.Capitals, "capitals"}, {f.Doubtful, "doubtful"}, {f.Excluded, "excluded"}} {
		if is.so {
			said = append(said, is.name)
		}
	}
	return strings.Join(said, ", ")
}

func TestSpellingsOfNobody(t *testing.T) {
	r, err := matcher.ParseFS(fstest.MapFS{"rules.yaml": {Data: []byte(spelled)}}, "rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{
		"ivanow":     `no entity is called "ivanow"; did you mean "ivanov"?`,
		"country:zz": `no entity is called "country:zz"; known are`,
	} {
		if _, err := r.Spellings(id); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Spellings(%q): %v, want %s", id, err, want)
		}
	}
}

func TestSpell(t *testing.T) {
	x := explain.Spell("", "Сергей Беседа", "person")
	found := map[string]bool{}
	for _, f := range x.Forms {
		found[f.Written] = true
	}
	for _, want := range []string{"Сергея Беседы", "Sergey Beseda", "Besseda"} {
		if !found[want] {
			t.Errorf("%s is not among %d spellings", want, len(x.Forms))
		}
	}
	if len(explain.Spell("", "", "person").Forms) != 0 {
		t.Error("a name without letters has spellings")
	}
}
