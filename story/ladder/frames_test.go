package ladder_test

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/ladder"
)

// A frame is a way to make headlines: {o} stands for who speaks, {x} for what
// they call it or what is told.
type frame struct {
	language string
	frames   string // parted by "|"
	speakers string
	words    string
}

// headlines calls do with each headline that the frames make.
func headlines(t *testing.T, frames []frame, do func(language, title string, r news.Report)) {
	t.Helper()
	rules := shippedRules(t)
	made := map[string]bool{}
	for _, f := range frames {
		for form := range strings.SplitSeq(f.frames, "|") {
			for o := range strings.SplitSeq(f.speakers, "|") {
				for x := range strings.SplitSeq(f.words, "|") {
					title := strings.NewReplacer("{o}", o, "{x}", x).Replace(form)
					if !made[title] {
						made[title] = true
						r, _ := rules.Match(news.Item{ID: "x", Title: title, Language: f.language})
						do(f.language, title, r)
					}
				}
			}
		}
	}
	if len(made) == 0 {
		t.Fatal("no headlines")
	}
	t.Logf("%d headlines", len(made))
}

// No denial is read as an official word, whatever an office calls the report:
// no list has these words.
func TestNoDenialIsOfficial(t *testing.T) {
	headlines(t, []frame{
		{
			"en", "{o} calls coup report {x}|Coup report is {x}, says {o}|Coup report '{x}', {o} says|{o}: coup report '{x}'|'{x}': {o} on coup report|" +
				"Mutiny at base? '{x}', {o} says|{o} insists mutiny did not take place|{o} says soldiers never mutinied|Mutiny? {o} knows of none|" +
				"{o} puts mutiny reports down to {x}|Coup in capital: {o} says it is '{x}'|{o} laughs at coup report",
			"Army|Chad's defence ministry|Togo government|Kremlin", "poppycock|hot air|moonshine|a mare's nest",
		},
		{
			"de", "{o} nennt Putschbericht {x}|Putschbericht ist {x}, sagt {o}|Putschbericht „{x}“, so {o}|„{x}“: {o} zum Putschbericht|Meuterei? „{x}“, sagt {o}|" +
				"{o}: Es hat keine Meuterei gegeben|{o} versichert, die Soldaten hätten nie gemeutert|{o} will von Meuterei nichts wissen|{o} lacht über Putschbericht",
			"Armee|Verteidigungsministerium des Tschad|Togos Regierung|Kreml", "Mumpitz|heiße Luft|Kokolores",
		},
		{
			"fr", "{o} qualifie le récit du coup d'État de « {x} »|Le coup d'État, c'est {x}, dit {o}|Rumeurs de coup d'État : « {x} », selon {o}|« {x} » : {o} à propos du coup d'État|" +
				"Mutinerie ? « {x} », répond {o}|{o} assure qu'il n'y a pas eu de mutinerie|{o} affirme que les soldats ne se sont jamais mutinés|{o} voit dans la mutinerie annoncée {x}",
			"l'armée|le ministère tchadien de la Défense|le gouvernement togolais|le Kremlin", "des billevesées|du vent|une galéjade",
		},
		{
			"es", "{o} califica de «{x}» la noticia del golpe|La noticia del golpe es {x}, dice {o}|Rumores de golpe: «{x}», según {o}|«{x}»: {o} sobre el golpe|¿Motín? «{x}», responde {o}|" +
				"{o} asegura que no hubo motín|{o} afirma que los soldados nunca se amotinaron|{o} habla de {x} sobre el golpe|{o} ve en el supuesto golpe {x}",
			"el Ejército|el Ministerio de Defensa de Chad|el Gobierno de Togo|el Kremlin", "pamplinas|humo|una tomadura de pelo",
		},
		{
			"ru", "{o}: сообщения о перевороте — {x}|«{x}»: {o} о перевороте|{o}: мятежа не было и нет|{o}: солдаты не бунтовали|Мятеж? «{x}», — {o}|{o} не видит никакого мятежа|Слухи о путче — {x} ({o})",
			"Армия|Минобороны Чада|Правительство Того|Кремль", "белиберда|околесица|пустой звук",
		},
		{
			"uk", "{o}: повідомлення про переворот — {x}|«{x}»: {o} про переворот|{o}: заколоту не було й немає|{o}: солдати не бунтували|Заколот? «{x}», — {o}|{o} не бачить жодного заколоту|Чутки про путч — {x} ({o})",
			"Армія|Міноборони Чаду|Уряд Того|Кремль", "порожній звук|байки|казна-що",
		},
	}, func(language, title string, r news.Report) {
		if got := ladder.Read(r); got.Status == news.Official {
			t.Errorf("%s: official, by %q: %s", language, got.Speaker, title)
		}
	})
}

// What nobody stands for by name is a rumour, however official the office of
// which it is told.
func TestHearsayOfOffices(t *testing.T) {
	headlines(t, []frame{
		{
			"en", "Sources: {x}|According to sources, {x}|{x}, sources say|Insiders say {x}|{x}, according to two people familiar with the matter|Social media users claim {x}", "",
			"army foiled coup attempt in Chad|Togo's president sacked army chief over plot|court jailed mutineers in Mali|junta dissolved parliament after coup in Niger",
		},
		{
			"de", "Insider: {x}|Laut Insidern {x}|{x}, sagen Insider|Unbestätigt: {x}|{x}, heißt es aus Militärkreisen", "",
			"Armee vereitelte Putsch im Tschad|Verteidigungsministerium des Tschad verhaftete Putschisten|Regierung verhängte nach Meuterei in Guinea Ausgangssperre",
		},
		{
			"fr", "Sources : {x}|Selon des sources, {x}|{x}, selon des sources|{x}, affirme une source anonyme", "",
			"l'armée a déjoué un putsch au Tchad|le ministère tchadien de la Défense a arrêté des putschistes|la junte a dissous le parlement après le putsch au Niger",
		},
		{
			"es", "Fuentes: {x}|Según fuentes, {x}|{x}, según fuentes|{x}, dicen fuentes anónimas", "",
			"el Ejército frustró un golpe en Chad|el Ministerio de Defensa de Chad arrestó a golpistas|la junta disolvió el Parlamento tras el golpe en Níger",
		},
		{
			"ru", "Источники: {x}|По данным источников, {x}|{x}, сообщают источники|Телеграм-каналы: {x}", "",
			"армия предотвратила переворот в Чаде|Минобороны Чада арестовало путчистов|хунта распустила парламент после переворота в Нигере",
		},
		{
			"uk", "Джерела: {x}|За даними джерел, {x}|{x}, повідомляють джерела|Телеграм-канали: {x}", "",
			"армія запобігла перевороту в Чаді|Міноборони Чаду заарештувало путчистів|хунта розпустила парламент після перевороту в Нігері",
		},
	}, func(language, title string, r news.Report) {
		if got := ladder.Read(r); got.Status != news.Rumour {
			t.Errorf("%s: %s, by %q: %s", language, got.Status, got.Speaker, title)
		}
	})
}

// The word of an office is not official on the coup of another country.
func TestForeignWordOnCoup(t *testing.T) {
	headlines(t, []frame{
		{
			"en", "{o} confirms coup in Chad|{o} says coup in Chad has failed|{o} announces that Chad's army has mutinied|Coup in Chad, {o} says|Chad coup has succeeded, according to {o}|{o} declares Chad coup over|Mutiny in Chad confirmed by {o}",
			"Macron|Paris|French foreign minister|White House|UN|EU's foreign policy chief|Nigeria's president|Germany|Israeli army", "",
		},
		{
			"de", "{o} bestätigt Putsch im Tschad|{o}: Putsch im Tschad|Putsch im Tschad, sagt {o}|Putsch im Tschad laut {o} gescheitert|{o} gibt Putsch im Tschad bekannt",
			"Macron|Paris|Französische Außenministerin|Weißes Haus|Ecowas|Nigerias Präsident", "",
		},
		{
			"fr", "{o} confirme un putsch au Tchad|{o} affirme que le putsch au Tchad a échoué|Putsch au Tchad, annonce {o}|Selon {o}, le putsch au Tchad a échoué",
			"Macron|la ministre française des Armées|la Maison Blanche|l'ONU|le président nigérian|le ministre algérien", "",
		},
		{
			"es", "{o} confirma un golpe en Chad|{o} afirma que el golpe en Chad fracasó|Golpe en Chad, anuncia {o}|Según {o}, el golpe en Chad fracasó",
			"Macron|la ministra francesa de Exteriores|la Casa Blanca|la ONU|el presidente nigeriano", "",
		},
		{
			"ru", "{o}: в Чаде переворот|{o} подтверждает переворот в Чаде|Переворот в Чаде провалился, сообщает {o}|{o} называет события в Чаде переворотом|{o} объявляет о провале переворота в Чаде",
			"Макрон|Париж|Глава МИД Франции|Госдеп США|Белый дом|ООН|Армия Израиля", "",
		},
		{
			"uk", "{o}: у Чаді переворот|{o} підтверджує переворот у Чаді|Переворот у Чаді провалився, повідомляє {o}|{o} називає події в Чаді переворотом|{o} оголошує про провал перевороту в Чаді",
			"Макрон|Париж|Глава МЗС Франції|Держдеп США|Білий дім|ООН|Армія Ізраїлю", "",
		},
	}, func(language, title string, r news.Report) {
		if got := ladder.Read(r); got.Status != news.Claim {
			t.Errorf("%s: %s, by %q: %s", language, got.Status, got.Speaker, title)
		}
	})
}

// An office that only says more of a thing, as in "a feud between guards and the
// ministry", has no part in what the thing does or says: that is never official.
func TestThingsHaveNoOfficialWord(t *testing.T) {
	headlines(t, []frame{
		{
			"en", "{x} {o} threatens mutiny|{x} {o} declares war after mutiny|{x} {o} closes airport after coup attempt|{x} {o} announces coup|{x} {o} says coup is near",
			"army|Chad's defence ministry|the Kremlin|Mali's president|the general staff", "Feud between guards and|Rift with|Letter to|Anger towards|War of words between mercenaries and|Pressure on|Row over|March against",
		},
		{
			"de", "{x} {o} droht in Meuterei zu enden|{x} {o} kündigt Putsch an",
			"Armee|Verteidigungsministerium des Tschad|Generalstab", "Streit zwischen Söldnern und|Bruch mit|Brief an|Wut auf",
		},
		{
			"fr", "{x} {o} menace de tourner à la mutinerie|{x} {o} annonce un putsch au Tchad",
			"l'armée|le ministère tchadien de la Défense|le gouvernement togolais", "Querelle entre les gardes et|Bras de fer avec|Colère contre",
		},
		{
			"es", "{x} {o} amenaza con un motín|{x} {o} anuncia un golpe en Chad",
			"el Ejército|el Ministerio de Defensa de Chad|el Gobierno de Togo", "Disputa entre dos coroneles y|Pulso con|Carta a",
		},
		{
			"ru", "{x} {o} угрожает мятежом|{x} {o} закрыл аэропорт после мятежа",
			"Минобороны|Генштабом Чада|правительством Того", "Конфликт между наёмниками и|Ссора с",
		},
		{
			"uk", "{x} {o} загрожує заколотом|{x} {o} закрив аеропорт після заколоту",
			"Міноборони|Генштабом Чаду|урядом Того", "Конфлікт між найманцями та|Сварка з",
		},
	}, func(language, title string, r news.Report) {
		if got := ladder.Read(r); got.Status == news.Official {
			t.Errorf("%s: official, by %q: %s", language, got.Speaker, title)
		}
	})
}
