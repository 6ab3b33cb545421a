package matcher

import (
	"testing"

	"github.com/coupwatch/coupwatch/news"
)

// TestPlacesRecall holds which texts name a country or its capital, with the
// endings of their language.
func TestPlacesRecall(t *testing.T) {
	tests := []struct{ language, country, text string }{
		{"pl", "ne", "Pucz w Nigrze"}, {"pl", "td", "w Czadzie"}, {"pl", "ml", "przewrót w Mali"}, {"pl", "bf", "w Burkina Faso"},
		{"pl", "sd", "w Sudanie"}, {"pl", "ga", "w Gabonie"}, {"pl", "gn", "w Gwinei"}, {"pl", "ru", "Rosją"},
		{"pl", "by", "na Białorusi"}, {"pl", "mm", "w Mjanmie"}, {"pl", "tr", "w Turcji"}, {"pl", "bo", "w Boliwii"},
		{"pl", "pe", "w Peru"}, {"pl", "ve", "Wenezueli"}, {"pl", "cd", "w Demokratycznej Republice Konga"}, {"pl", "et", "w Etiopii"},
		{"pl", "ru", "w Moskwie"}, {"pl", "ua", "w Kijowie"},
		{"cs", "ne", "převrat v Nigeru"}, {"cs", "td", "v Čadu"}, {"cs", "ru", "v Rusku"}, {"cs", "sd", "v Súdánu"},
		{"cs", "ga", "v Gabonu"}, {"cs", "gn", "v Guineji"}, {"cs", "et", "v Etiopii"}, {"cs", "mm", "v Myanmaru"},
		{"cs", "ru", "v Moskvě"},
		{"sk", "ne", "v Nigeri"}, {"sk", "ru", "Ruskom"}, {"sk", "sd", "v Sudáne"}, {"sk", "td", "v Čade"},
		{"fi", "ne", "Nigerissä"}, {"fi", "ru", "Venäjällä"}, {"fi", "ru", "Venäjän"}, {"fi", "ml", "Malissa"}, {"fi", "td", "Tšadissa"},
		{"fi", "tr", "Turkissa"}, {"fi", "sd", "Sudanissa"}, {"fi", "et", "Etiopiassa"}, {"fi", "cf", "Keski-Afrikan tasavallassa"},
		{"fi", "gn", "Guineassa"}, {"fi", "mm", "Myanmarissa"}, {"fi", "ru", "Moskovassa"}, {"fi", "ua", "Kiovassa"},
		{"hu", "ne", "Nigerben"}, {"hu", "ru", "Oroszországban"}, {"hu", "ml", "Maliban"}, {"hu", "td", "Csádban"},
		{"hu", "sd", "Szudánban"}, {"hu", "tr", "Törökországot"}, {"hu", "et", "Etiópiában"}, {"hu", "ru", "Moszkvában"},
		{"hu", "ga", "Gabonban"}, {"hu", "bo", "Bolíviában"},
		{"tr", "ne", "Nijer'de"}, {"tr", "ru", "Rusya’nın"}, {"tr", "td", "Çad'da"}, {"tr", "sd", "Sudan'daki"},
		{"tr", "mm", "Myanmar'da"}, {"tr", "ru", "Moskova'da"}, {"tr", "cf", "Orta Afrika Cumhuriyeti'nde"}, {"tr", "ml", "Mali'de"},
		{"tr", "tr", "TÜRKİYE'DE"},
		{"el", "ne", "στον Νίγηρα"}, {"el", "ru", "της Ρωσίας"}, {"el", "ml", "στο Μάλι"}, {"el", "sd", "στο Σουδάν"},
		{"el", "tr", "της Τουρκίας"}, {"el", "td", "στο Τσαντ"}, {"el", "et", "στην Αιθιοπία"}, {"el", "ru", "στη Μόσχα"},
		{"el", "gn", "στη Γουινέα"},
		{"ko", "ne", "니제르에서"}, {"ko", "ml", "말리의"}, {"ko", "ru", "러시아가"}, {"ko", "sd", "수단에서는"}, {"ko", "mm", "미얀마 군부"},
		{"ko", "tr", "튀르키예에서"}, {"ko", "ru", "모스크바로"}, {"ko", "kr", "한국의"},
		{"ro", "ru", "Rusiei"}, {"ro", "ne", "în Niger"}, {"ro", "td", "în Ciad"}, {"ro", "md", "Republicii Moldova"},
		{"ro", "md", "Moldovei"}, {"ro", "tr", "Turciei"},
		{"bg", "ne", "преврат в Нигер"}, {"bg", "ru", "Русия"}, {"bg", "td", "в Чад"}, {"bg", "sd", "в Судан"},
		{"sr", "ne", "Државни удар у Нигеру"}, {"sr", "ru", "у Русији"}, {"sr", "ru", "Русије"}, {"sr", "ml", "u Maliju"},
		{"hr", "ne", "u Nigeru"}, {"hr", "ru", "Rusiji"}, {"hr", "td", "u Čadu"}, {"hr", "sd", "u Sudanu"},
		{"sl", "ru", "v Rusiji"}, {"sl", "ne", "v Nigru"},
		{"lt", "ru", "Rusijoje"}, {"lt", "ne", "Nigeryje"}, {"lt", "ml", "Malyje"}, {"lt", "sd", "Sudane"},
		{"lv", "ru", "Krievijā"}, {"lv", "ne", "Nigērā"},
		{"et", "ru", "Venemaal"}, {"et", "ne", "Nigeris"}, {"et", "ml", "Malis"}, {"et", "ua", "Ukrainas"},
		{"ka", "ne", "ნიგერში"}, {"ka", "ru", "რუსეთში"}, {"ka", "ml", "მალიში"}, {"ka", "sd", "სუდანში"},
		{"hy", "ne", "Նիգերում"}, {"hy", "ru", "Ռուսաստանում"}, {"hy", "ml", "Մալիում"},
		{"az", "ne", "Nigerdə"}, {"az", "ru", "Rusiyada"},
		{"kk", "ru", "Ресейде"}, {"kk", "ne", "Нигерде"},
		{"eu", "ne", "Nigerren"}, {"eu", "ru", "Errusiako"},
		{"ja", "ne", "ニジェールで"}, {"ja", "ml", "マリで軍が"}, {"ja", "ru", "ロシアの"},
		{"zh", "ne", "尼日爾政變"}, {"zh", "ml", "馬利軍方"}, {"zh", "td", "查德總統"},
		{"th", "ne", "ในไนเจอร์"}, {"th", "mm", "เมียนมา"},
		{"vi", "ru", "ở Nga"}, {"vi", "ne", "ở Niger"}, {"vi", "mm", "đảo chính Myanmar"},
		{"id", "ru", "di Rusia"}, {"id", "us", "AS"},
		{"sw", "ru", "nchini Urusi"},
		{"ar", "ne", "في النيجر"}, {"ar", "ml", "بمالي"}, {"ar", "ru", "وروسيا"},
		{"fa", "ru", "در روسیه"}, {"fa", "ne", "نیجر"},
		{"ur", "ne", "نائجر میں"},
		{"hi", "ne", "नाइजर में"}, {"hi", "ru", "रूस की"},
		{"bn", "ne", "নাইজারে"}, {"bn", "ru", "রাশিয়ার"},
		{"he", "ne", "בניז'ר"}, {"he", "ru", "ברוסיה"},
		{"am", "ne", "በኒጀር"}, {"am", "sd", "በሱዳን"},
		{"uk", "ne", "у Нігері"},
		{"de", "ru", "Russlands"},
		{"sv", "ru", "Rysslands"},
		{"da", "ru", "Ruslands"},
		{"no", "ru", "Russlands"},
		{"nl", "ru", "Ruslands"},
		{"en", "cf", "coup in C.A.R."}, {"en", "cd", "the D.R.C."}, {"en", "ae", "U.A.E. ruler"},
		{"ru", "cd", "в ДР Конго"}, {"ru", "cf", "в ЦАР"},
		{"en", "gb", "U.K. army"}, {"en", "tr", "Türkiye"},
		{"de", "ci", "Elfenbeinküste"},
		{"fr", "bf", "en Haute-Volta"},
		{"en", "mm", "in Burma"},
		{"es", "us", "en EE. UU."}, {"es", "us", "EEUU"},
		// and what is none
		{"ja", "gw", "ギニアビサウの"}, {"ja", "", "アマリアとマリナ"}, {"ja", "", "チリソースの店"}, {"tr", "", "Maliye Bakanlığı"}, {"ko", "", "사랑이란 무엇인가"}, {"en", "", "Nga and Duc met"},
		{"en", "", "best car parks"}, {"zh", "", "马里兰州与马利克"}, {"hu", "", "perui nélkül a malibu"}, {"pl", "", "mali chłopcy"}, {"fi", "", "malin talo"},
	}
	r := draft{rules: []draftRule{{id: "r", match: "@countries OR @capitals"}}}.rulesOf(t)
	for _, tt := range tests {
		report, _ := r.Match(news.Item{Title: tt.text, Language: tt.language})
		named := tt.country == "" && len(report.Mentions) == 0
		for _, m := range report.Mentions {
			named = named || m.Country == tt.country
		}
		if !named {
			t.Errorf("%s: %q: want %q, got %s", tt.language, tt.text, tt.country, mentioned(report))
		}
	}
}
