package translit

import (
	"strings"
	"sync"
)

// base are the letters that nearly all systems write alike.
const base = `а:a б:b в:v г:g ґ:g д:d е:e є:e ё:e|o з:z и:i і:i ї:i й:i к:k л:l м:m н:n о:o п:p
 р:r с:s т:t у:u ў:u ф:f э:e ы:y ъ: ь: ': ’: ә:a ғ:g қ:k|q ң:n|ng ө:o ұ:u ү:u һ:h ј:j љ:lj њ:nj ћ:c ђ:dj џ:dz`

// A habit is how the press of a language writes Russian names. Ukrainian and
// Belarusian ones follow from it, as they differ in few letters.
type habit struct {
	name  string
	glide string // how it writes the beginning of я, ю, є and ї
	rules string
}

// habits are in the order of how often their language is read by a desk: the
// first to make a spelling gives it its name.
var habits = []habit{
	{"English press", "y", `ж:zh|z х:kh|h ц:ts|tz ч:ch ш:sh щ:shch|sch ю:yu|iu я:ya|ia ё:yo|e|io й:y|i
		+е:e|ye ый$:y|yy|yi|iy ий$:y|iy|i|ij|ii|yi|yy ой$:oy|oi ы:y|i кс:ks|x ья:ya|ia|iya ье:ye|ie ия$:iya|ia|ija ин$:in|yn`},
	{"German press", "j", `ж:sch|sh в:w х:ch ц:z ч:tsch ш:sch щ:schtsch ю:ju я:ja ё:jo|o|e й:i|j +е:je|e
		ый$:y|yj|i ий$:i|ij|y|yj *с+:ss|s з:s кс:x|ks ия$:ija|ia`},
	{"French press", "i", `ж:j х:kh ц:ts|tz ч:tch ш:ch щ:chtch ю:iou|you я:ia|ya ё:e|io й:i|y у:ou +е:e|ie|ye
		ый$:y|i|yi ий$:i|y|iy ы:y г~:gu|g *с+:ss|s ин$:ine|in ын$:yne|in ев$:ev|eff ов$:ov|off ьев$:iev|ev|ieff`},
	{"Spanish press", "y", `ж:zh|y|j х:j|kh|h ц:ts ч:ch ш:sh|ch щ:shch|sch ю:yu|iu я:ya|ia ё:io|yo|e й:i|y
		+е:ye|e|ie ый$:i|y|iy ий$:i|y|iy ы:i|y г~:gu|g жё:zho|yo чё:cho|che шё:sho|she щё:shcho|shche`},
	{"Portuguese press", "i", `ж:j|zh х:kh|h ц:ts ч:tch|ch ш:ch|sh щ:chtch|shch ю:iu|yu я:ia|ya ё:io|yo|e й:i|y
		+е:ie|e|ye ый$:i|y|iy ий$:i|y|iy ы:i|y г~:gu|g`},
	{"Italian press", "j", `ж:ž|zh х:kh|ch ц:ts|c ч:č|ch ш:š|sh щ:šč|shch ю:ju|yu я:ja|ya ё:jo|e|io й:j|y|i
		+е:e|je ый$:yj|y|ij ий$:ij|y|i|iy ы:y|i`},
	{"Dutch press", "j", `ж:zj х:ch|kh ц:ts ч:tsj ш:sj щ:sjtsj у:oe ю:joe|ju я:ja ё:jo|o й:j|i +е:je|e
		ый$:y|i ий$:i|y|ij ы:y|i`},
	{"Polish press", "j", `ж:ż х:ch|h ц:c ч:cz ш:sz щ:szcz в:w ю:ju -ю:iu я:ja -я:ia ё:jo -ё:io й:j е:je -е:ie|e
		же:że ше:sze че:cze це:ce ще:szcze жи:ży|żi ши:szy|szi ци:cy л:ł л~:l ле:le ль:l лю:lu ля:la лё:lo нь:ń
		ый$:y|yj ий$:ij|y|i ский$:ski|skij цкий$:cki ская$:ska|skaja цкая$:cka ия$:ia|ija жё:żo чё:czo шё:szo щё:szczo`},
	{"Czech press", "j", `ж:ž х:ch ц:c ч:č ш:š щ:šč ю:ju я:ja ё:jo|o й:j +е:je|e кс:x|ks
		ый$:yj|ý|ij ий$:ij|yj|i ская$:ská|skaja цкая$:cká`},
	{"Croatian and Serbian press", "j", `ж:ž х:h ц:c ч:č ш:š щ:šč ю:ju я:ja ё:jo|o й:j +е:e|je ы:i|y ль:lj|l нь:nj|n
		ый$:i|ij ий$:i|ij ская$:ska|skaja цкая$:cka`},
	{"Turkish press", "y", `ж:j|zh х:h ц:ts ч:ç ш:ş щ:şç ю:yu я:ya ё:yo й:y +е:ye|e ый$:ıy|y|i ий$:iy|i|y ы:ı|i`},
	{"Finnish press", "j", `ж:ž|zh х:h ц:ts ч:tš|tsh ш:š|sh щ:štš|shtsh ю:ju я:ja ё:jo й:i +е:je|e
		ый$:yi|y ий$:i|yi`},
	{"Scandinavian press", "j", `ж:zj|sj|zh х:kh|ch ц:ts ч:tj|tsj ш:sj|sh щ:sjtj|sjtsj|stj ю:ju|yu я:ja|ya ё:jo й:j|i
		+е:je|e ый$:yj|y ий$:ij|y|yj|i жё:zjo чё:tjo|tsjo шё:sjo щё:sjtjo|stjo|sjtsjo`},
	{"Romanian press", "i", `ж:j х:h ц:ț|ts ч:ci ч~:c ш:ș щ:șci щ~:șc ю:iu я:ia ё:io|e й:i +е:ie|e г~:gh
		ый$:îi|y|i ий$:i|ii|y ы:î|y|i`},
	{"Hungarian press", "j", `ж:zs х:h ц:c ч:cs ш:s щ:scs с:sz ю:ju я:ja ё:jo й:j +е:je ый$:ij|i ий$:ij|i ы:i
		ти:tyi|ti ди:gyi|di ни:nyi|ni де:gye|de те:tye|te не:nye|ne ев$:ev|jev`},
}

// The official systems, which give few spellings but the first ones.
const (
	bgn        = `ж:zh х:kh ц:ts ч:ch ш:sh щ:shch ю:yu я:ya й:y +е:ye ё:yë|yo ий$:iy|y`
	passport   = `ж:zh х:kh ц:ts ч:ch ш:sh щ:shch ю:iu я:ia й:i ъ:ie`
	iso9       = `ж:ž х:h ц:c ч:č ш:š щ:ŝ ю:û я:â й:j э:è ё:ë`
	ukraine    = `г:h зг:zgh и:y є:ie ^є:ye ї:i ^ї:yi й:i ^й:y ж:zh х:kh ц:ts ч:ch ш:sh щ:shch ю:iu ^ю:yu я:ia ^я:ya`
	ukraineBGN = `г:h и:y є:ye ї:yi й:y ж:zh х:kh ц:ts ч:ch ш:sh щ:shch ю:yu я:ya`
	belarus    = `г:h ж:ž х:ch ц:c ч:č ш:š ў:ŭ й:j е:ie +е:je ё:io +ё:jo ю:iu +ю:ju я:ia +я:ja`
	belarusBGN = `г:h ж:zh х:kh ц:ts ч:ch ш:sh ў:w й:y +е:ye ё:yo ю:yu я:ya`
	// belarusPress is what papers in Latin letters make of Belarusian.
	belarusPress = `г:h ж:zh х:kh ц:ts ч:ch ш:sh ў:u|w й:i|y е:e|ie +е:e|ye|ie ё:io|yo ю:iu|yu я:ia|ya скі$:ski|sky цкі$:tski|tsky`
)

// Russian returns the systems in which Russian is written in Latin letters.
var Russian = sync.OnceValue(func() []*Table {
	tables := []*Table{parse("BGN/PCGN", base, bgn), parse("passport", base, passport), parse("ISO 9", base, iso9)}
	for _, h := range habits {
		tables = append(tables, parse(h.name, base, h.rules))
	}
	return tables
})

// Ukrainian returns the systems in which Ukrainian is written in Latin letters.
var Ukrainian = sync.OnceValue(func() []*Table {
	tables := []*Table{parse("Ukrainian 2010", base, ukraine), parse("BGN/PCGN Ukrainian", base, ukraineBGN)}
	for _, h := range habits {
		tables = append(tables, parse(h.name, base, h.rules, ukrainianLetters(h)))
	}
	return tables
})

// ukrainianLetters returns the rules in which a habit of writing Ukrainian
// differs from that of writing Russian.
func ukrainianLetters(h habit) string {
	hard := "y|yi|yj|yy|i"
	if h.glide == "j" {
		hard = "yj|y|i|yi"
	}
	own := ""
	if h.name == "Polish press" {
		own = " -е:e|ie ле:łe|le|lie ли:ły|ly|li" // whose vowels are hard in Ukrainian
	}
	return own + " " + strings.ReplaceAll("г:h|g г~:h|g и:y|i +и:y є:_e|ie|e ї:_i|i ьо:_o|o|io йо:_o|io", "_", h.glide) + " ий$:" + hard + " ій$:i|ii|iy|ij|y"
}

// belarusianLetters returns the rules in which a habit of writing Belarusian
// differs from that of writing Russian.
func belarusianLetters(h habit) string {
	return strings.ReplaceAll("г:h|g г~:h|g ў:u|w э:e е:e|ie +е:_e|e ё:_o|io скі$:ski|skij цкі$:cki|tski|tsky ль:l|lj", "_", h.glide)
}

// Belarusian returns the systems in which Belarusian is written in Latin
// letters.
var Belarusian = sync.OnceValue(func() []*Table {
	tables := []*Table{
		parse("Belarusian 2007", base, belarus), parse("BGN/PCGN Belarusian", base, belarusBGN),
		parse("English press", base, belarusPress),
	}
	for _, h := range habits[1:] {
		tables = append(tables, parse(h.name, base, h.rules, belarusianLetters(h)))
	}
	return tables
})
