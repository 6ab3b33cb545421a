package matcher

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/news"
)

// The people of the rules that ship are found as Japanese and Korean write them,
// though no entry has that spelling.
func TestEastAsianNames(t *testing.T) {
	r := shippedRules(t)
	for _, tt := range []struct{ language, entity, text string }{
		{"ja", "putin", "プーチン氏への反乱を警戒"},
		{"ja", "shoigu", "ショイグ前国防相が姿を消す"},
		{"ja", "lukashenko", "ルカシェンコ大統領、軍の反乱を否定"},
		{"ja", "xi", "習近平氏に対するクーデター説"},
		{"ko", "putin", "푸틴 대통령에 대한 쿠데타"},
		{"ko", "lukashenko", "루카셴코가 군부 반란을 경고했다"},
		{"ko", "xi", "시진핑에 대한 쿠데타 소문"},
		{"ko", "li-shangfu", "리상푸 국방부장 실종"},
	} {
		report, _ := r.Match(news.Item{Language: tt.language, Title: tt.text})
		named := false
		for _, m := range report.Mentions {
			named = named || m.Entity == tt.entity
		}
		if !named {
			t.Errorf("%s: %s is not found in %q: %s", tt.language, tt.entity, tt.text, draft.Mentioned(report))
		}
	}
	for _, other := range []string{"チンパンジーが反乱", "プリンの反乱", "시진이 핑계를 댔다"} {
		if report, _ := r.Match(news.Item{Language: "ja", Title: other}); len(report.Mentions) > 0 {
			t.Errorf("%q: %s", other, draft.Mentioned(report))
		}
	}
}
