package translit

import (
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// A Russian consonant in Japanese: with а, и, у, е, о, and alone. What has the
// stress is written long, and where that is the letters do not tell: each vowel
// may be.
const kana = `к カ キ ク ケ コ ク
	г ガ ギ グ ゲ ゴ グ
	с サ シ ス セ ソ ス
	з ザ ジ ズ ゼ ゾ ズ
	т タ チ|ティ トゥ|ツ テ ト ト
	д ダ ジ|ディ ドゥ デ|ジェ ド ド
	н ナ ニ ヌ ネ ノ ン
	х ハ ヒ フ ヘ ホ フ
	ф ファ フィ フ フェ フォ フ
	п パ ピ プ ペ ポ プ
	б バ ビ ブ ベ ボ ブ
	в ワ|バ|ヴァ ビ|ヴィ ブ|ヴ ベ|ヴェ ボ|ヴォ ブ|フ|ヴ
	м マ ミ ム メ モ ム
	р ラ リ ル レ ロ ル
	л ラ リ ル レ ロ ル
	ж ジャ ジ ジュ ジェ ジョ ジ
	ш シャ シ シュ シェ ショ シ
	щ シャ シ シュ シェ ショ シ
	ч チャ チ チュ チェ チョ チ
	ц ツァ ツィ ツ ツェ ツォ ツ`

// russianToJapanese are the rules beyond those of kana.
const russianToJapanese = `а:ア|アー и:イ|イー у:ウ|ウー е:エ|イェ э:エ о:オ|オー я:ヤ|ヤー ю:ユ|ユー ё:ヨ ы:イ й:イ ь: ъ: в$:フ г$:グ|ク б$:ブ|プ д$:ド|ト
	ды:ディ|ディー ты:ティ|ティー нь:ニ|ン ть:チ дь:ジ ль:リ|ル рь:リ сь:シ мп:ンプ мб:ンブ ли:リ|リー`

// ToJapanese writes a Russian name in Katakana.
var ToJapanese = sync.OnceValue(func() *Table { return parse("Japanese", kanaRules(), russianToJapanese) })

// kanaRules makes the rules of the table of consonants.
func kanaRules() string {
	var b strings.Builder
	long := func(left, ways string) {
		var all []string
		for way := range strings.SplitSeq(ways, "|") {
			all = append(all, way, way+"ー")
		}
		b.WriteString(left + ":" + strings.Join(all, "|") + " ")
	}
	for line := range strings.Lines(kana) {
		f := strings.Fields(line)
		for i, vowel := range []string{"а", "и", "у", "е", "о"} {
			long(f[0]+vowel, f[1+i])
		}
		long(f[0]+"э", f[4])
		soft, _, _ := strings.Cut(f[2], "|")
		long(f[0]+"я", soft+"ャ")
		long(f[0]+"ю", soft+"ュ")
		long(f[0]+"ё", soft+"ョ")
		hard, _, _ := strings.Cut(f[3], "|")
		b.WriteString(f[0] + "ы:" + hard + "イ " + f[0] + "ый$:" + hard + "イ " + f[0] + "ий$:" + soft + "ー|" + soft + "イ " + f[0] + ":" + f[6] + " ")
	}
	return b.String()
}

// The parts of Korean syllables as letters that join: a Russian consonant that
// begins one, and what is written where no vowel follows.
const hangul = `к ᄏ 크|ᆨ
	г ᄀ 그
	с ᄉ 스
	з ᄌ 즈
	т ᄐ 트
	д ᄃ 드
	н ᄂ ᆫ
	х ᄒ 흐
	ф ᄑ 프
	п ᄑ 프|ᆸ
	б ᄇ 브
	в ᄇ 브|프
	м ᄆ ᆷ
	р ᄅ 르
	л ᄅ ᆯ
	ж ᄌ 즈|시
	ш ᄉ 시
	щ ᄉ 시
	ч ᄎ 치
	ц ᄎ 츠`

// russianToKorean are the rules beyond those of hangul.
const russianToKorean = `а:아 и:이 у:우 е:예|에 э:에 о:오 я:야 ю:유 ё:요 ы:이 й:이 ь: ъ: в$:프 -л:르 ть:티 дь:디 рь:리 сь:시 г$:그|크 б$:브|프 д$:드|트 ^л:ᄅ`

// ToKorean writes a Russian name in Hangul.
var ToKorean = sync.OnceValue(func() *Table { return parse("Korean", hangulRules(), russianToKorean) })

// hangulRules makes the rules of the table of consonants. What stands for ш has
// the vowels of я, е, ю, ё; л between vowels closes one syllable and begins the
// next.
func hangulRules() string {
	var b strings.Builder
	for line := range strings.Lines(hangul) {
		f := strings.Fields(line)
		vowels := map[string]string{"а": "ᅡ", "и": "ᅵ", "у": "ᅮ", "е": "ᅦ", "э": "ᅦ", "о": "ᅩ", "ы": "ᅵ", "я": "ᅣ", "ю": "ᅲ", "ё": "ᅭ", "ый$": "ᅵ", "ий$": "ᅵ"}
		if f[0] == "ш" || f[0] == "щ" {
			vowels["а"], vowels["е"], vowels["у"], vowels["о"] = "ᅣ", "ᅨ", "ᅲ", "ᅭ"
		}
		for vowel, jamo := range vowels {
			b.WriteString(f[0] + vowel + ":" + f[1] + jamo + " ")
			if f[0] == "л" {
				b.WriteString("*" + f[0] + vowel + ":ᆯ" + f[1] + jamo + " ")
			}
		}
		b.WriteString(f[0] + ":" + f[2] + " ")
	}
	return b.String()
}

// The parts of a Chinese syllable in Korean.
const (
	pinyinInitials = `b ᄇ p ᄑ m ᄆ f ᄑ d ᄃ t ᄐ n ᄂ l ᄅ g ᄀ k ᄏ h ᄒ j ᄌ q ᄎ x ᄉ zh ᄌ ch ᄎ sh ᄉ r ᄅ z ᄍ c ᄎ s ᄊ`
	pinyinFinals   = `a ᅡ o ᅩ e ᅥ ai ᅡ이 ei ᅦ이 ao ᅡ오 ou ᅥ우 an ᅡᆫ en ᅥᆫ ang ᅡᆼ eng ᅥᆼ i ᅵ ia ᅣ ie ᅨ iao ᅣ오 iu ᅲ ian ᅦᆫ in ᅵᆫ iang ᅣᆼ ing ᅵᆼ iong ᅲᆼ
		u ᅮ ua ᅪ uo ᅯ uai ᅪ이 ui ᅮ이 uan ᅪᆫ un ᅮᆫ uang ᅪᆼ ong ᅮᆼ ue ᅰ`
	pinyinWhole = `zhi 즈 chi 츠 shi 스 ri 르 zi 쯔 ci 츠 si 쓰 a 아 ai 아이 an 안 ang 앙 ao 아오 e 어 en 언 er 얼 o 오 ou 어우
		ya 야 yan 옌 yang 양 yao 야오 ye 예 yi 이 yin 인 ying 잉 yong 융 you 유 yu 위 yuan 위안 yue 웨 yun 윈
		wa 와 wai 와이 wan 완 wang 왕 wei 웨이 wen 원 weng 웡 wo 워 wu 우
		ju 쥐 qu 취 xu 쉬 juan 쥐안 quan 취안 xuan 쉬안 jue 줴 que 췌 xue 쉐 jun 쥔 qun 췬 xun 쉰 lu 루 nu 누
		jia 자 qia 차 xia 샤 jiao 자오 qiao 차오 xiao 샤오 jiang 장 qiang 창 xiang 샹 jie 제 qie 체 xie 셰 jian 젠 qian 첸 xian 셴 jiu 주 qiu 추 xiu 슈 jiong 중 qiong 충 xiong 슝
		lie 례 liang 량 lian 롄 liao 랴오 liu 류`
)

// pinyin is how Korean writes each syllable of Chinese.
var pinyin = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	initials, finals, whole := strings.Fields(pinyinInitials), strings.Fields(pinyinFinals), strings.Fields(pinyinWhole)
	for i := 0; i < len(initials); i += 2 {
		for j := 0; j < len(finals); j += 2 {
			all[initials[i]+finals[j]] = norm.NFC.String(initials[i+1] + finals[j+1])
		}
	}
	for i := 0; i < len(whole); i += 2 {
		all[whole[i]] = whole[i+1]
	}
	return all
})

// ChineseToKorean writes a Chinese name, in syllables of Latin letters, in
// Hangul. It returns "" if one is no syllable of Chinese.
func ChineseToKorean(syllables []string) string {
	var b strings.Builder
	for _, s := range syllables {
		korean, known := pinyin()[strings.ToLower(s)]
		if !known {
			return ""
		}
		b.WriteString(korean)
	}
	return b.String()
}
