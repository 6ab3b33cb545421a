package outlets

import (
	"strings"
	"testing"
)

// No name and no domain of the data file is claimed twice, and each family has
// two outlets or more.
func TestData(t *testing.T) {
	known := builtin()
	if len(known) < 300 {
		t.Fatalf("%d outlets, want 300 or more", len(known))
	}
	names, domains, families := map[string]string{}, map[string]string{}, map[string]int{}
	for _, o := range known {
		for _, n := range append([]string{o.Name}, o.Aliases...) {
			switch key := Key(n); {
			case key == "":
				t.Errorf("%s has a name without words: %q", o.Name, n)
			case names[key] != "":
				t.Errorf("%s and %s are both called %q", names[key], o.Name, n)
			default:
				names[key] = o.Name
			}
		}
		for _, d := range o.Domains {
			if domains[d] != "" || d != strings.ToLower(d) || !strings.Contains(d, ".") {
				t.Errorf("%s has the domain %q, which is of %q or malformed", o.Name, d, domains[d])
			}
			domains[d] = o.Name
		}
		if o.Family != "" {
			families[o.Family]++
		}
	}
	for family, outlets := range families {
		if outlets < 2 {
			t.Errorf("the family %q has one outlet", family)
		}
	}
}
