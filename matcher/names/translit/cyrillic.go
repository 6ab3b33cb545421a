package translit

import "sync"

// Between the East Slavic languages. Vowels that one language writes alike and
// the other does not leave a choice; the commoner way comes first.
const (
	russianToUkrainian = `ы:и э:е ъ:' -е:е|є +е:є же:же ше:ше че:че ще:ще це:це ё:ьо|йо|о +ё:йо чё:чо шё:шо
		-и:і|и ^и:і +и:ї жи:жи ши:ши чи:чи щи:щи ци:ци ий$:ій ский$:ський цкий$:цький ский:ський ый$:ий ой$:ой|ий
		енко$:енко +енко$:єнко ев$:єв|ев +ев$:єв ович$:ович евич$:евич +евич$:йович|євич овна$:івна евна$:івна +евна$:ївна жев$:жев шев$:шев чев$:чев щев$:щев цев$:цев бья:б'я пья:п'я вья:в'я мья:м'я фья:ф'я кья:к'я
		ская$:ська цкая$:цька ая$:а`
	ukrainianToRussian = `ів$:ов|ев|ив рків$:рьков|рков їв$:ев|иев і:и и:и|ы ї:и|йи +ї:и є:е ьо:ё йо:ё|йо ґ:г ':ь|ъ ’:ь|ъ ський$:ский цький$:цкий ний$:ный лий$:лый тий$:тый вий$:вый
		рий$:рый ій$:ий жи:жи ши:ши чи:чи щи:щи ги:ги ки:ки хи:хи ська$:ская цька$:цкая на$:на|ная ий$:ий|ый`
	russianToBelarusian = `и:і ъ:' щ:шч жи:жы ши:шы чи:чы ци:цы щи:шчы ри:ры ре:рэ|ра ря:ра рю:ру рь:р рё:ро же:жэ|жа ше:шэ|ша че:чэ|ча це:цэ ще:шчэ|шча
		ти:ці те:це|ця тя:ця тю:цю ть:ць тё:цё ди:дзі де:дзе|дзя дя:дзя дю:дзю дь:дзь дё:дзё *в-:ў ов$:оў|аў ев$:еў|аў ёв$:ёў ин$:ін чин$:чын жин$:жын шин$:шын
		ский$:скі цкий$:цкі ий$:ій ый$:ы ой$:ой|ы +енко$:енка енко$:енка|енко -е:е|я дв~:дзв|дв овна$:аўна|оўна евна$:еўна шенко$:шэнка ченко$:чанка|чэнка ко$:ка|ко о:о|а ович$:овіч|авіч евич$:евіч
		ская$:ская овская$:оўская цкая$:цкая`
	belarusianToRussian = `і:и ў:в ':ь|ъ ’:ь|ъ дзі:ди дзе:де дзя:дя дзю:дю дзь:дь ці:ти це:те ця:тя цю:тю ць:ть шч:щ скі$:ский цкі$:цкий энка$:енко енка$:енко
		анка$:анко жэ:же шэ:ше чэ:че цэ:це рэ:ре|рэ жы:жи шы:ши чы:чи ры:ры|ри ы$:ый|ы а:а|о`
)

// latinToRussian reads an English romanisation back.
const latinToRussian = `a:а b:б c:ц|к d:д e:е ^e:е|э f:ф g:г h:х|г i:и j:дж k:к l:л m:м n:н o:о p:п q:к r:р s:с t:т u:у v:в w:в x:кс y:ы|и z:з
	':ь ’:ь ya:я yu:ю ia:ия ia$:ия iu:ю|иу ye:е ^ye:е yi:ы yo:ё|ё zh:ж kh:х ts:ц tz:ц ch:ч sh:ш shch:щ sch:щ +y:й *i:й|и ii$:ий y$:ий|ы iy$:ий yy$:ый
	sky$:ский ski$:ский skiy$:ский skyy$:ский skyi$:ский skij$:ский sky:ский tsky$:цкий tskyi$:цкий ey$:ей ei$:ей ay$:ай ai$:ай oy$:ой oi$:ой
	ny$:ный nyi$:ный nyy$:ный niy$:ний skaya$:ская skaia$:ская ovych$:ович evych$:евич`

// ToUkrainian writes a Russian name as Ukrainian does.
var ToUkrainian = sync.OnceValue(func() *Table { return parse("Ukrainian", russianToUkrainian) })

// ToBelarusian writes a Russian name as Belarusian does.
var ToBelarusian = sync.OnceValue(func() *Table { return parse("Belarusian", russianToBelarusian) })

// FromUkrainian writes a Ukrainian name as Russian does.
var FromUkrainian = sync.OnceValue(func() *Table { return parse("Russian", ukrainianToRussian) })

// FromBelarusian writes a Belarusian name as Russian does.
var FromBelarusian = sync.OnceValue(func() *Table { return parse("Russian", belarusianToRussian) })

// FromLatin writes a name that is romanised the English way in Russian letters.
var FromLatin = sync.OnceValue(func() *Table { return parse("Cyrillic", latinToRussian) })
