package fit_test

import (
	"slices"
	"testing"

	"github.com/coupwatch/coupwatch/text/fit"
)

// The widths are those that wcwidth of the C library gives.
func TestWidth(t *testing.T) {
	for text, want := range map[string]int{
		"":                      0,
		"coup":                  4,
		"переворот":             9,
		"军方发动政变":                12,
		"쿠데타 설":                 9,
		"ｆｕｌｌ ﾊﾝ":               11,
		"zal\u0301\u0302go":     5,
		"a\u20dd":               1,
		"हिन्दी":                5,
		"การรัฐประหาร":          11,
		"المجلس العسكري":        14,
		"👍 🇺🇦":                  5,
		"█▒ “…”":                6,
		"\x1b[1;33mcoup\x1b[0m": 4,
	} {
		if got := fit.Width(text); got != want {
			t.Errorf("Width(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	for _, tt := range []struct {
		text string
		n    int
		want string
	}{
		{"Mutiny in Tolmin", 16, "Mutiny in Tolmin"},
		{"Mutiny in Tolmin", 15, "Mutiny in Tolm…"},
		{"Mutiny in Tolmin", 11, "Mutiny in…"},
		{"Мятеж в Тольмине", 8, "Мятеж в…"},
		{"军方发动政变", 12, "军方发动政变"},
		{"军方发动政变", 11, "军方发动政…"},
		{"军方发动政变", 10, "军方发动…"},
		{"zal\u0301\u0302go", 5, "zal\u0301\u0302go"},
		{"wait… what", 10, "wait… what"},
		{"wait… what", 8, "wait… w…"},
		{"wait… what", 7, "wait……"},
		{"\x1b[1mMutiny\x1b[0m in Tolmin", 9, "\x1b[1mMutiny\x1b[0m i…"},
	} {
		if got := fit.Cut(tt.text, tt.n); got != tt.want || fit.Width(got) > tt.n {
			t.Errorf("Cut(%q, %d) = %q, want %q", tt.text, tt.n, got, tt.want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		text string
		n    int
		want []string
	}{
		{"", 20, []string{""}},
		{"Colonel Arden told us\nthat  his men", 16, []string{"Colonel Arden", "told us that his", "men"}},
		{"see https://news.example.org/a/long/one now", 16, []string{"see", "https://news.example.org/a/long/one", "now"}},
		{"set --severity high", 15, []string{"set --severity", "high"}},
		{"军方 发动 政变", 9, []string{"军方 发动", "政变"}},
		{"the \x1b[1;33mcoup\x1b[0m began", 8, []string{"the \x1b[1;33mcoup\x1b[0m", "began"}},
	} {
		if got := fit.Wrap(tt.text, tt.n); !slices.Equal(got, tt.want) {
			t.Errorf("Wrap(%q, %d) = %q, want %q", tt.text, tt.n, got, tt.want)
		}
	}
}
