package simulate

import (
	"math"
	"strings"
)

// A language is in which a feed writes.
type language struct {
	code      string
	common    []string    // words
	countries []string    // of the same order in each
	events    [][3]string // for each kind of event three ways to tell it, with %C for the country, %P for a town and %N for a name
}

// languages are those of ten feeds.
var languages = []language{english, english, english, english, english, english, russian, french, spanish, english}

var english = language{
	"en", strings.Fields("the of and to in a for on that with as by president government minister police market said will new has people city year world company court team win day report plan talks price war election party bank school health game coast river storm train vote trade oil law season film music"),
	strings.Fields("Niger Mali Chad Fiji Peru Togo Iran Laos Gabon Sudan Nepal Haiti Benin Guinea Yemen Syria Kenya Ghana Angola Zambia Bolivia Ecuador Armenia Belarus Myanmar Thailand Pakistan Egypt Tunisia Libya Turkey Serbia"),
	[][3]string{
		{"Soldiers stage a coup in %C, seize state television in %P", "%C coup: army says General %N has taken power", "Coup attempt in %C as gunfire is heard near the palace in %P"},
		{"Soldiers mutiny at the %P barracks in %C", "Mutiny in %C: troops of Colonel %N refuse orders in %P", "Mutinous soldiers take officers hostage in %P, %C says"},
		{"%C says it foiled a coup plot led by General %N", "%C arrests General %N over alleged plot to overthrow the president", "Coup plot in %C: officers detained in %P"},
		{"%C president dismisses army chief General %N", "Purge in %C: General %N and dozens of officers removed", "%C sacks army chief %N after rumours of a coup"},
	},
}

var russian = language{
	"ru", strings.Fields("и в не на что с по это как но они мы из за для до после года город страна министр президент полиция рынок компания суд команда день план цены война выборы партия банк школа игра река поезд нефть закон фильм музыка"),
	strings.Fields("Нигер Мали Чад Фиджи Перу Того Иран Лаос Габон Судан Непал Гаити Бенин Гвинея Йемен Сирия Кения Гана Ангола Замбия Боливия Эквадор Армения Беларусь Мьянма Таиланд Пакистан Египет Тунис Ливия Турция Сербия"),
	[][3]string{
		{"Военные устроили переворот: %C, захвачено телевидение в городе %P", "%C: генерал %N заявил о захвате власти", "Попытка переворота: %C, стрельба у дворца в городе %P"},
		{"Мятеж солдат: %C, гарнизон %P", "%C: солдаты полковника %N подняли мятеж", "Мятежные солдаты захватили офицеров: %C, %P"},
		{"%C: раскрыт заговор генерала %N", "%C: генерал %N арестован по делу о попытке переворота", "Заговор с целью переворота: %C, офицеры задержаны в %P"},
		{"%C: президент уволил начальника генштаба %N", "Чистка в армии: %C, генерал %N смещён", "%C: главком %N уволен после слухов о перевороте"},
	},
}

var french = language{
	"fr", strings.Fields("le la les de des et un une pour dans sur que avec par gouvernement ministre président police marché ville pays jour plan prix guerre élection parti banque école santé jeu côte rivière train vote pétrole loi saison film musique"),
	strings.Fields("Niger Mali Tchad Fidji Pérou Togo Iran Laos Gabon Soudan Népal Haïti Bénin Guinée Yémen Syrie Kenya Ghana Angola Zambie Bolivie Équateur Arménie Biélorussie Birmanie Thaïlande Pakistan Égypte Tunisie Libye Turquie Serbie"),
	[][3]string{
		{"%C : coup d'État, des soldats prennent la télévision à %P", "Coup d'État au %C : le général %N prend le pouvoir", "Tentative de coup d'État au %C, tirs près du palais à %P"},
		{"Mutinerie au %C : des soldats se révoltent à %P", "%C : mutinerie des soldats du colonel %N", "Des mutins prennent des officiers en otage à %P, %C"},
		{"%C : un complot du général %N déjoué", "%C : le général %N arrêté pour tentative de coup d'État", "Complot au %C : des officiers arrêtés à %P"},
		{"%C : le président limoge le chef de l'armée, le général %N", "Purge au %C : le général %N écarté", "%C : le chef d'état-major %N limogé après des rumeurs de putsch"},
	},
}

var spanish = language{
	"es", strings.Fields("el la los las de y un una para en sobre que con por gobierno ministro presidente policía mercado ciudad país día plan precio guerra elección partido banco escuela salud juego costa río tren voto petróleo ley temporada película música"),
	strings.Fields("Níger Malí Chad Fiyi Perú Togo Irán Laos Gabón Sudán Nepal Haití Benín Guinea Yemen Siria Kenia Ghana Angola Zambia Bolivia Ecuador Armenia Bielorrusia Birmania Tailandia Pakistán Egipto Túnez Libia Turquía Serbia"),
	[][3]string{
		{"Golpe de Estado en %C: soldados toman la televisión en %P", "%C: el general %N toma el poder tras un golpe de Estado", "Intento de golpe de Estado en %C, disparos cerca del palacio en %P"},
		{"Motín de soldados en %C, en el cuartel de %P", "%C: soldados del coronel %N se amotinan", "Soldados amotinados toman rehenes en %P, %C"},
		{"%C frustra un complot del general %N", "%C: detenido el general %N por un intento de golpe de Estado", "Complot en %C: oficiales detenidos en %P"},
		{"%C: el presidente destituye al jefe del ejército, el general %N", "Purga en %C: el general %N destituido", "%C: destituido el jefe del ejército %N tras rumores de golpe"},
	},
}

// A dispatch is what an item says.
type dispatch struct{ title, text string }

// dispatch returns what item k of feed n says, of an event if it tells of one. One
// report in three is a copy of what another outlet has.
func (w *World) dispatch(n, k int) dispatch {
	l := languages[n%len(languages)]
	event, tells := w.event(n, k, w.published(n, k))
	if !tells {
		country := ""
		if part(n, k, 7) < naming {
			country = l.countries[int(chance(n, k, 8)%uint64(len(l.countries)))]
		}
		return dispatch{l.prose(10, country, n, k, 9), l.prose(36, "", n, k, 10)}
	}
	told := n // who wrote it
	if part(n, k, 11) < 1./3 {
		told = -1 - n%5 // one of five agencies
	}
	kind, country := l.events[chance(event, 12)%uint64(len(l.events))], l.countries[chance(event, 13)%uint64(len(l.countries))]
	fill := strings.NewReplacer("%C", country, "%P", name(event, 14), "%N", name(event, 15))
	title := fill.Replace(kind[chance(told, event, 16)%3])
	return dispatch{title, fill.Replace(kind[chance(told, event, 17)%3]) + ". " + l.prose(30, "", told, event, 18)}
}

// prose returns a row of so many words, and a country among them unless it is "". Few
// words are most of them, and one in four is rare.
func (l language) prose(words int, country string, keys ...int) string {
	var b strings.Builder
	seed := int(chance(keys...) >> 1) // any bits will do
	for i := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		switch {
		case country != "" && i == 4:
			b.WriteString(country)
		case chance(seed, i)%4 == 0:
			b.WriteString(strings.ToLower(name(int(math.Exp(part(seed, i, 1)*11)), 19)))
		default:
			b.WriteString(l.common[int(part(seed, i, 2)*part(seed, i, 3)*float64(len(l.common)))])
		}
	}
	return b.String()
}

// name returns a word that nobody has used before, always the same for keys.
func name(keys ...int) string {
	const consonants, vowels = "bdfghklmnprstvz", "aeiou"
	var b strings.Builder
	h := chance(keys...)
	for range 3 {
		b.WriteByte(consonants[h%15])
		b.WriteByte(vowels[h/15%5])
		h /= 75
	}
	b.WriteByte(consonants[h%15])
	return strings.ToUpper(b.String()[:1]) + b.String()[1:]
}
