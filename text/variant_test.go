package text_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/text"
)

// TestVariants holds which ways to write a word are one.
func TestVariants(t *testing.T) {
	tests := [][]string{
		{"馬里軍隊發動政變", "马里军队发动政变"},
		{"政変", "政变", "政變"},
		{"叛亂", "叛乱"},
		{"إنقلاب", "انقلاب", "أنقلاب", "اِنْقِلاب", "انقـــلاب"},
		{"مالى", "مالي", "مالی"},
		{"کودتا", "كودتا"},
		{"محاولة", "محاوله"},
		{"رئيس", "رييس", "رئیس"},
		{"حکومت‌ها", "حکومتها", "حكومتها"},
		{"መንግሥት", "መንግስት"},
		{"ሐምሌ", "ሀምሌ", "ኀምሌ"},
		{"तख़्तापलट", "तख्तापलट", "तख़्तापलट"},
		{"हूँ", "हूं"},
		{"クーデター", "ｸｰﾃﾞﾀｰ"},
		{"パリ", "ﾊﾟﾘ"},
		{"쿠데타", "쿠데타"},
	}
	for _, same := range tests {
		for _, s := range same[1:] {
			if got, want := text.Fold(s), text.Fold(same[0]); got != want {
				t.Errorf("Fold(%q) = %q, want %q as of %q", s, got, want, same[0])
			}
		}
	}
}

// TestVariantsKeepLanguages holds that the language is told by letters that
// folding takes away.
func TestVariantsKeepLanguages(t *testing.T) {
	for _, tt := range []struct{ want, in string }{
		{"fa", "کودتا در مالی"},
		{"fa", "BBC فارسی: کودتا در نیجر"},
		{"ar", "الانقلاب في مالي"},
		{"ur", "نائیجر میں بغاوت، صدر گرفتار ہو گئے ہیں ٹیم"},
		{"zh", "中國政變傳聞"},
		{"ja", "ニジェールの政変"},
	} {
		if got := text.Detect(tt.in); got != tt.want {
			t.Errorf("Detect(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
