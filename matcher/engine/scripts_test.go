package engine

import (
	"fmt"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/news"
)

// TestTermsOfAllScripts holds that a term is found in running text of its
// script: inside a run without blanks, before a particle or an ending, and with
// the vowel signs and conjuncts that are part of it.
func TestTermsOfAllScripts(t *testing.T) {
	tests := []struct{ language, term, text string }{
		{"zh", "政变", "马里发生军事政变，总统被扣押"},
		{"zh", "军事政变", "尼日尔军事政变之后"},
		{"zh", "政变", "馬里發生軍事政變，總統被扣押"},
		{"zh", "兵變", "瓦格纳兵变内幕"},
		{"ja", "クーデター", "ニジェールでクーデター、大統領を拘束"},
		{"ja", "クーデター", "ニジェールでｸｰﾃﾞﾀｰ、大統領を拘束"},
		{"ja", "反乱", "ワグネルの反乱で首都に非常態勢"},
		{"ja", "寝返り", "将校が寝返りを宣言"},
		{"th", "รัฐประหาร", "ทหารก่อรัฐประหารในมาลี"},
		{"th", "กบฏ", "ผู้นำกบฏยึดสถานีโทรทัศน์"},
		{"km", "រដ្ឋប្រហារ", "យោធាធ្វើរដ្ឋប្រហារនៅម៉ាលី"},
		{"lo", "ລັດຖະປະຫານ", "ທະຫານກໍ່ລັດຖະປະຫານໃນມາລີ"},
		{"my", "အာဏာသိမ်း", "စစ်တပ်က အာဏာသိမ်းလိုက်သည်"},
		{"ko", "쿠데타", "니제르 군부가 쿠데타를 일으켰다"},
		{"ko", "쿠데타", "니제르에서 쿠데타가 발생했다"},
		{"ko", "쿠데타", "군사쿠데타 세력이 수도를 장악"},
		{"ko", "반란", "바그너그룹의 반란이 끝났다"},
		{"ka", "გადატრიალება", "სამხედრო გადატრიალება ნიგერში"},
		{"ka", "გადატრიალება", "სამხედრო გადატრიალების მცდელობა"},
		{"hy", "հեղաշրջում", "Ռազմական հեղաշրջում Նիգերում"},
		{"hy", "հեղաշրջում", "Հեղաշրջման փորձ. հեղաշրջումը ձախողվեց"},
		{"am", "መፈንቅለ መንግስት", "በኒጀር መፈንቅለ መንግስት ተካሄደ"},
		{"am", "መፈንቅለ መንግስት", "የመፈንቅለ መንግሥት ሙከራ"},
		{"hi", "तख्तापलट", "नाइजर में सेना ने तख्तापलट किया"},
		{"hi", "तख़्तापलट", "नाइजर में तख्तापलट की कोशिश"},
		{"bn", "অভ্যুত্থান", "নাইজারে সামরিক অভ্যুত্থানের চেষ্টা"},
		{"bn", "অভ্যুত্থান", "মালিতে সেনা অভ্যুত্থান"},
		{"ta", "சதி", "ஆட்சிக் கவிழ்ப்பு சதி முறியடிப்பு"},
		{"te", "తిరుగుబాటు", "సైన్యం తిరుగుబాటు చేసింది"},
		{"si", "කුමන්ත්‍රණය", "රාජ්‍ය කුමන්ත්‍රණය අසාර්ථකයි"},
		{"vi", "đảo chính", "Quân đội Niger ĐẢO CHÍNH, bắt tổng thống"},
		{"vi", "đảo chính", "Quân đội Niger đảo chính"}, // decomposed
		{"fa", "کودتا", "تلاش برای كودتای نظامی در نیجر"},
		{"fa", "کودتا", "کودتاگران رئیس‌جمهور را بازداشت کردند"},
		{"ur", "بغاوت", "نائیجر میں فوجی بغاوت"},
		{"ar", "انقلاب", "محاولة الإنقلاب العسكري في النيجر"},
		{"ar", "تمرد", "قادة التمرّد يعلنون"},
		{"he", "הפיכה", "ניסיון ההפיכה בניז'ר"},
		{"el", "πραξικόπημα", "Στρατιωτικό πραξικόπημα στον Νίγηρα"},
		{"el", "πραξικόπημα", "Απόπειρα πραξικοπήματος στο Μάλι"},
		{"bg", "преврат", "Опит за преврат: превратът в Нигер"},
		{"sr", "državni udar", "Државни удар у Нигеру"},
		{"sr", "државни удар", "Državni udar u Nigeru"},
		{"sw", "mapinduzi", "Mapinduzi ya kijeshi nchini Niger"},
		{"id", "kudeta", "Kudeta militer di Niger"},
		{"pl", "zamach stanu", "Próba zamachu stanu w Nigrze"},
		{"cs", "převrat", "Vojáci se pokusili o převrat, o převratu nikdo nevěděl"},
	}
	d := draft.Draft{Lists: map[string]string{}}
	for i, tt := range tests {
		name := fmt.Sprint("l", i)
		d.Lists[name] = tt.term
		d.Rules = append(d.Rules, draft.Rule{ID: name, Match: "$" + name})
	}
	p := programOf(t, d)
	for i, tt := range tests {
		r, _ := p.Match(news.Item{Title: tt.text, Language: tt.language})
		if got := draft.Found(r, fmt.Sprint("l", i)); got == "-" {
			t.Errorf("%s: %q is not found in %q", tt.language, tt.term, tt.text)
		}
	}
}
