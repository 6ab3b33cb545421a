package engine

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

// people are entities of the tests below, by id.
var people = map[string]spec.Entity{
	"orlov":    {Name: "Arkady Orlov", Native: "Аркадий Орлов"},
	"lisova":   {Name: "Olena Lisova", Native: "Олена Лісова"},
	"dune":     {Name: "John Dunewick"},
	"kim":      {Name: "Kim Jong Un", Native: "김정은"},
	"yoon":     {Name: "Yoon Suk Yeol", Native: "윤석열"},
	"lee":      {Name: "Lee Jae-myung", Native: "이재명"},
	"xi":       {Name: "Xi Jinping", Native: "习近平"},
	"li":       {Name: "Li Shangfu", Native: "李尚福"},
	"kishi":    {Name: "Haruto Kishida", Native: "岸田晴人"},
	"obiang":   {Name: "Teodoro Obiang Nguema Mbasogo"},
	"chavez":   {Name: "Hugo Rafael Chávez Frías"},
	"mbs":      {Name: "Mohammed bin Salman", Native: "محمد بن سلمان"},
	"ghaz":     {Name: "Mohamed Ould Ghazouani"},
	"sisi":     {Name: "Abdel Fattah al-Sisi", Native: "عبد الفتاح السيسي"},
	"tchiani":  {Name: "Abdourahamane Tchiani"},
	"goita":    {Name: "Assimi Goïta"},
	"tokaev":   {Name: "Kassym-Jomart Tokayev", Native: "Касым-Жомарт Токаев"},
	"sandu":    {Name: "Maia Sandu"},
	"prigozin": {Name: "Yevgeny Prigozhin", Native: "Евгений Пригожин"},
	"raisi":    {Name: "Ebrahim Raisi", Native: "ابراهیم رئیسی"},
	"suuronen": {Name: "Timo Suuronen"},
	"vagner":   {Name: "Wagner Group", Native: "ЧВК «Вагнер»", Kind: "organisation"},
	"shield":   {Name: "Iron Shield", Native: "батальон «Железный щит»", Kind: "organisation"},
}

// TestNamesRecall holds which texts name an entity, and "" for none.
func TestNamesRecall(t *testing.T) {
	tests := []struct{ language, id, text string }{
		// patronymics and initials
		{"ru", "orlov", "Аркадий Петрович Орлов задержан"},
		{"ru", "orlov", "Аркадия Петровича Орлова задержали"},
		{"en", "orlov", "Colonel Arkady Petrovich Orlov was held"},
		{"en", "orlov", "Arkady P. Orlov was held"},
		{"ru", "orlov", "А.П. Орлов задержан"},
		{"ru", "orlov", "А.П.Орлов задержан"},
		{"ru", "orlov", "А. П. Орлов задержан"},
		{"ru", "orlov", "задержан Орлов А.П., сообщили в штабе"},
		{"ru", "orlov", "письмо Орлову А. П. передано"},
		{"uk", "lisova", "Олена Іванівна Лісова у Києві"},
		{"uk", "lisova", "О.І. Лісову звільнено"},
		{"en", "dune", "J.F. Dunewick fled"},
		{"en", "dune", "J. F. Dunewick fled"},
		{"en", "dune", "John F. Dunewick fled"},
		{"en", "dune", "John Fitzroy Dunewick fled"},
		{"en", "dune", "J Dunewick fled"},
		// Korean, Chinese and Japanese
		{"ko", "kim", "김정은 위원장"},
		{"ko", "kim", "김정은이 방문했다"},
		{"ko", "kim", "김정은과 회담"},
		{"en", "kim", "Kim Jong-un is ill"},
		{"en", "kim", "Kim Jongun is ill"},
		{"en", "kim", "Kim Jong-Un is ill"},
		{"en", "kim", "Jong-un Kim is ill"},
		{"ko", "yoon", "윤석열의 계엄령"},
		{"en", "yoon", "Yoon Seok-youl declares martial law"},
		{"en", "yoon", "Yoon Sukyeol declares martial law"},
		{"en", "lee", "Lee Jaemyung accuses"},
		{"en", "lee", "Yi Jae Myung accuses"},
		{"ko", "lee", "이재명을 체포"},
		{"zh", "xi", "习近平在哪里"},
		{"zh", "xi", "傳習近平被軟禁"},
		{"en", "xi", "Xi Jin-ping is not seen"},
		{"en", "xi", "Jinping Xi is not seen"},
		{"zh", "li", "國防部長李尚福失蹤"},
		{"en", "li", "Li Shang-fu is missing"},
		{"ja", "kishi", "岸田晴人首相が辞任"},
		// names of four parts, and Arabic ones
		{"en", "obiang", "Teodoro Obiang is overthrown"},
		{"es", "obiang", "Obiang Nguema, derrocado"},
		{"en", "obiang", "Teodoro Nguema Mbasogo is overthrown"},
		{"es", "obiang", "el presidente Obiang huye"},
		{"es", "chavez", "Hugo Chávez vuelve"},
		{"es", "chavez", "Chávez Frías vuelve"},
		{"en", "chavez", "Hugo Chavez returns"},
		{"en", "mbs", "Mohamed ibn Salman is named"},
		{"fr", "mbs", "Mohamed ben Salman"},
		{"en", "mbs", "Muhammad bin Salman"},
		{"en", "mbs", "Crown Prince Mohammed bin Salman bin Abdulaziz Al Saud"},
		{"ar", "mbs", "محمد بن سلمان"},
		{"ar", "mbs", "الأمير محمد ابن سلمان"},
		{"ar", "mbs", "ومحمد بن سلمان"},
		{"fr", "ghaz", "Mohamed Ould Cheikh El Ghazouani"},
		{"en", "ghaz", "President Ghazouani"},
		{"en", "sisi", "Abdul Fattah el-Sisi"},
		{"en", "sisi", "Abdelfattah al-Sisi"},
		{"en", "sisi", "Abd al-Fattah al-Sisi"},
		{"en", "sisi", "Abdel-Fattah Said Hussein al-Sisi"},
		{"ar", "sisi", "عبدالفتاح السيسي"},
		{"ar", "sisi", "الرئيس السيسى"},
		{"fa", "raisi", "ابراهيم رئيسی کشته شد"},
		{"en", "raisi", "Ibrahim Raisi is dead"},
		// endings
		{"pl", "goita", "rząd Goïty"},
		{"fi", "goita", "Assimi Goïtan hallinto"},
		{"hu", "goita", "Assimi Goïtának üzent"},
		{"tr", "goita", "Assimi Goita'nın sözleri"},
		{"cs", "goita", "Assimi Goïtu zajali"},
		{"az", "goita", "Assimi Goitanın sözləri"},
		{"fi", "tchiani", "Abdourahamane Tchianin joukot"},
		{"pl", "tchiani", "wobec Tchianiego"},
		{"el", "tchiani", "ο Abdourahamane Tchiani"},
		{"et", "tchiani", "kindral Tchianile"},
		{"lt", "sandu", "Maiai Sandu"},
		{"hu", "sandu", "Maia Sanduval"},
		{"eu", "sandu", "Maia Sanduren"},
		{"sv", "sandu", "Sandus regering"},
		{"de", "tchiani", "Tchianis Truppen"},
		{"kk", "tokaev", "Токаевтың үкіметі"},
		{"kk", "tokaev", "Токаевқа қарсы"},
		{"hu", "suuronen", "Timo Suuronennel"},
		{"fi", "suuronen", "Timo Suurosen puhe"},
		{"ka", "prigozin", "Yevgeny Prigozhin-ის"},
		{"sr", "prigozin", "Евгенија Пригожина"},
		{"bg", "prigozin", "бунтът на Пригожин"},
		{"lv", "prigozin", "par Prigožinu, Prigožina karavīri"},
		// organisations in quotes
		{"ru", "vagner", "с ЧВК «Вагнером»"},
		{"ru", "vagner", "за ЧВК \"Вагнера\""},
		{"ru", "vagner", "о ЧВК «Вагнера»"},
		{"ru", "vagner", "ЧВК Вагнер"},
		{"ru", "vagner", "с ЧВК \"Вагнер\""},
		{"ru", "shield", "бойцы батальона «Железный щит»"},
		// and who is not meant
		{"ru", "", "В Москве Орлов"},
		{"en", "", "John, Peter and Dunewicks"},
		{"en", "", "A. Smith met J. Orlov"},
		{"en", "", "Abdel Fattah Burhan and Mohammed bin Nayef"},
		{"en", "", "Salman Rushdie speaks"},
		{"en", "", "Brice Oligui Nguema and Rafael Correa"},
		{"ko", "", "정은이와 김정"},
		{"zh", "", "近平原"},
		{"en", "", "Kim Yo Jong"},
	}
	d := draft.Draft{Rules: []draft.Rule{{ID: "r", Match: "@kind:person OR @kind:organisation"}}}
	for id, e := range people {
		e.ID = id
		if e.Kind == "" {
			e.Kind = "person"
		}
		d.Entities = append(d.Entities, e)
	}
	r := programOf(t, d)
	for _, tt := range tests {
		report, _ := r.Match(news.Item{Title: tt.text, Language: tt.language})
		named := false
		for _, m := range report.Mentions {
			_, listed := people[m.Entity]
			named = named || m.Entity == tt.id || tt.id == "" && listed
		}
		if named != (tt.id != "") {
			t.Errorf("%s: %q: want %q, got %s", tt.language, tt.text, tt.id, draft.Mentioned(report))
		}
	}
}
