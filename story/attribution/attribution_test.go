package attribution_test

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/attribution"
	"github.com/coupwatch/coupwatch/story/outlets"
)

// brief writes attributions as "speaker > outlet", with "!" before the
// publisher's own work and "?" before hearsay.
func brief(all []news.Attribution) string {
	var parts []string
	for _, a := range all {
		s := a.Speaker
		if a.Via != "" {
			s = strings.TrimSpace(s + " > " + a.Via)
		}
		if a.Hearsay {
			s = "?" + s
		}
		if a.Own {
			s = "!" + s
		}
		parts = append(parts, strings.TrimSpace(s))
	}
	return strings.Join(parts, "; ")
}

var sentences = []struct{ text, want string }{
	// English: who tells whom
	{"Colonel Pavel Zorin told The Times that the barracks had been sealed.", "Pavel Zorin > The Times"},
	{"The barracks had been sealed, Colonel Pavel Zorin told the BBC on Monday.", "Pavel Zorin > BBC"},
	{"“The barracks are sealed,” said Pavel Zorin in an interview with Radio Liberty.", "Pavel Zorin > RFE/RL"},
	{"The barracks are sealed, Zorin said, per Metro.", "Zorin > Metro"},
	{"According to Reuters, the barracks were sealed at dawn.", "> Reuters"},
	{"The barracks were sealed at dawn, Reuters reported.", "> Reuters"},
	{"Meduza reports that the barracks were sealed.", "> Meduza"},
	{"The barracks were sealed, the Kyiv Independent reported, citing two officers.", "?unnamed officers > The Kyiv Independent"},
	{"The purge was first reported by Bloomberg.", "> Bloomberg"},
	{"As quoted by the London Times, Pavel Zorin said the barracks were quiet.", "Pavel Zorin > The Times"},
	{"Zorin's words were reported by the Financial Times.", "Zorin > Financial Times"},
	{"A senior officer told Sky News that the general had fled.", "?unnamed senior officer > Sky News"},
	{"The general has fled, an aide told the Echo of Orel newspaper.", "?unnamed aide > Echo of Orel"},
	{"Three officers told Reuters the general had fled.", "?unnamed officers > Reuters"},
	{"Sources close to the Kremlin said the general was ill.", "?unnamed sources"},
	{"Western officials believe the general is ill.", "?unnamed Western officials"},
	{"Analysts inside and outside the country said the junta was split.", "?unnamed analysts"},
	{"It has been claimed that the general was poisoned.", "?unnamed"},
	{"The general is alleged to have plotted for months.", "?unnamed"},
	{"There is speculation that the minister will be sacked.", "?unnamed"},
	{"Rumours are circulating that the minister has been arrested.", "?unnamed"},
	{"The Kremlin said the general was on holiday.", "Kremlin"},
	{"Moscow says the general was on holiday.", "Moscow"},
	{"The defence ministry denied the report.", "defence ministry"},
	{"Ivan Orlov, a former officer, said the plot was real.", "Ivan Orlov"},
	{"Ivan Orlov - who lives in Riga - said the plot was real.", "Ivan Orlov"},
	{"Ivan Orlov, who warned of the plot, has left.", "Ivan Orlov"},
	{"Ivan Orlov said the plot was real. He added that others would follow.", "Ivan Orlov; Ivan Orlov"},
	{"Ivan Orlov, a dissident in exile, spoke out. “They will follow,” the dissident said.", "Ivan Orlov"},
	{"Orlov explained to Politico that others would follow.", "Orlov > Politico"},
	{"The plot is real, the spokesman for the junta said.", "spokesman for the junta"},
	{"Police said two soldiers were held.", "Police"},
	{"State television reported that the palace was safe.", "State television"},
	{"Local media reported shots near the palace.", "?unnamed Local media"},
	{"BAMAKO (Reuters) — Soldiers seized the airport on Friday.", "> Reuters"},
	{"LIBREVILLE, Aug 30 (AFP) - Soldiers seized the airport.", "> AFP"},
	{"Speaking to CNN, Orlov warned of a mutiny.", "Orlov > CNN"},
	{"The documents were obtained by Bellingcat and show a plot.", "> Bellingcat"},
	{"CNN spoke to a soldier who fled.", "?unnamed soldier > CNN"},
	{"Coup under way: Budanov says Putin will fall. Kyrylo Budanov gave no date.", "Kyrylo Budanov"},
	{"The shots were heard at noon, said a resident who hid in a cellar.", "?unnamed resident"},
	{"Orlov wrote in the Guardian that others would follow.", "Orlov"},

	{"Bloomberg reported that the general had fled, but the Kremlin denied it.", "> Bloomberg; Kremlin"},
	{"The general has fled, two aides said, according to Bloomberg.", "?unnamed aides > Bloomberg"},
	{"Prosecutors say the minister took bribes.", "Prosecutors"},
	{"The minister took bribes, prosecutors claim.", "prosecutors"},
	{"Residents of the capital, Bamako, said the streets were empty.", "?unnamed residents"},
	{"Ivan Orlov, who served in the guard, a body of a thousand men, said the plot was real.", "Ivan Orlov"},

	// English: nobody
	{"Soldiers seized the airport on Friday and closed the roads.", ""},
	{"The minister did not say when the army would return.", ""},
	{"Orlov refused to say who had paid him.", ""},
	{"Who told the BBC that the general had fled?", ""},
	{"The general would say nothing to reporters.", ""},
	{"The president has told ministers to resign.", ""},
	{"Claims of a coup spread through the town.", ""},
	{"Ten per cent of the army has deserted.", ""},
	{"Times have changed for the army.", ""},
	{"The sun rose over the palace.", ""},
	{"The report could not be independently verified.", ""},
	{"He reads the Times every day.", ""},
	{"The BBC is a broadcaster in London.", ""},
	{"A coup would be a disaster, and nobody says so.", ""},
	{"Fears of a mutiny grow in the north.", ""},
	{"Офицеры охраны Орлова пишут о заговоре.", ""},
	{"The junta closed Radio France Internationale last week.", ""},
	{"The states of the Sahel have left the bloc.", ""},
	{"Troops told to stay in their barracks", ""},
	{"The army was told that the war was over.", ""},
	{"He may claim victory soon.", ""},
	{"The soldiers said to be behind the plot have fled.", ""},
	{"The man accused of the plot was hanged.", ""},
	{"The minister was sacked by the president, accuses of theft in hand.", ""},
	{"The fighting continued to spread.", ""},
	{"The court has denied the appeal of the plotters.", ""},
	{"Express trains run between the two towns.", ""},

	{"Soldiers who defected from Zorin's army say they saw crimes.", "?unnamed soldiers"},
	{"A TV editor who mocked Zorin reveals her escape.", "?unnamed TV editor"},
	{"The plotters who Zorin said had fled were caught.", "Zorin"},
	// whole names of institutions, and names without titles
	{"The National Unity Government said the figures were wrong.", "National Unity Government"},
	{"The General Staff said the front was quiet.", "General Staff"},
	{"The State Department confirmed the death.", "State Department"},
	{"Sheriff Bob Zorin said the road was closed.", "Bob Zorin"},
	{"Zorin Oil CEO Anna Orlova said the port was closed.", "Anna Orlova"},
	{"Senator Marcos do Vale said there was a plan.", "Marcos do Vale"},
	// outlets that nobody named
	{"In an interview with a news site he spoke of a plot.", ""},
	{"Pavel Zorin spoke of a plot in an interview with a local newspaper.", ""},
	{"According to the National Federation of Miners, the pit was closed.", "National Federation of Miners"},
	{"History suggests that plots fail.", ""},
	{"Video reveals a problem for new recruits.", ""},
	{"All told, the plot cost four lives.", ""},

	// Russian
	{"Кадры опубликовал канал.", ""},
	{"Суд штата Орегон признал указ незаконным.", ""},
	{"Россиянка сообщила о заговоре.", "?unnamed россиянка"},
	{"Минфин США заявил, что сделки не будет.", "Минфин США"},
	{"Полковник Павел Зорин рассказал изданию «Медуза», что казармы закрыты.", "Павел Зорин > Meduza"},
	{"Казармы закрыты, сообщает РИА Новости со ссылкой на Минобороны.", "Минобороны > RIA Novosti"},
	{"Об этом сообщил глава разведки Павел Зорин.", "Павел Зорин"},
	{"По словам политолога Ивана Орлова, заговор реален.", "Ивана Орлова"},
	{"По данным Рейтер, казармы закрыты с утра.", "> Reuters"},
	{"Казармы закрыты, пишет «Коммерсантъ».", "> Kommersant"},
	{"Источник РБК в правительстве сообщил, что министр уволен.", "?unnamed источник > RBC"},
	{"Министр уволен, рассказал РБК источник в правительстве.", "?unnamed источник > RBC"},
	{"«Казармы закрыты», — заявил Песков журналистам.", "Песков"},
	{"Песков заявил, что генерал болен.", "Песков"},
	{"В Кремле заявили, что генерал болен.", "Кремль"},
	{"В интервью The Times Орлов сказал, что заговор реален.", "Орлов > The Times"},
	{"Ходят слухи, что генерал арестован.", "?unnamed"},
	{"Сообщается, что генерал арестован.", "?unnamed"},
	{"Как пишет The Insider, генерал бежал.", "> The Insider"},
	{"Местные жители рассказали «Важным историям», что слышали выстрелы.", "?unnamed местные жители > Important Stories"},
	{"Генерал бежал. Об этом сообщает ТАСС.", "> TASS"},
	{"Власти Москвы заявили, что протестов не будет.", "?unnamed власти Москвы"},
	{"Глава Чечни Рамзан Орлов сообщил, что мятежа нет.", "Рамзан Орлов"},
	{"Об этом заявил пресс-секретарь Ивана Зорина Павел Орлов.", "Павел Орлов"},
	{"Орлов заявил, что мятежа нет. По словам Орлова, всё спокойно.", "Орлов; Орлова"},
	{"Павел Орлов заявил, что мятежа нет. По словам Орлова, всё спокойно.", "Павел Орлов; Павел Орлов"},
	{"Об этом на встрече с Зориным сообщили в Генштабе.", "Генштаб"},
	// Russian: nobody
	{"Россиян предупредили о морозах.", ""},
	{"В Орле заявили о мятеже.", ""},
	{"Военные захватили аэропорт в пятницу.", ""},
	{"Песков не сказал, когда вернётся генерал.", ""},
	{"Правда о заговоре неизвестна.", ""},
	{"Медуза обожгла купальщика.", ""},
	{"По улицам города прошли танки.", ""},
	{"Эксперт приехал в город утром.", ""},

	// Ukrainian
	{"Полковник Павло Зорін розповів виданню «Українська правда», що казарми зачинено.", "Павло Зорін > Ukrainska Pravda"},
	{"Казарми зачинено, повідомляє Укрінформ із посиланням на Генштаб.", "Генштаб > Ukrinform"},
	{"За даними Bloomberg, генерал утік.", "> Bloomberg"},
	{"За словами Буданова, переворот уже триває.", "Буданова"},
	{"«Переворот триває», — заявив Кирило Буданов в інтерв'ю Sky News.", "Кирило Буданов > Sky News"},
	{"Буданов заявив Sky News, що переворот триває.", "Буданов > Sky News"},
	{"Про це повідомляє «Європейська правда».", "> European Pravda"},
	{"Ходять чутки, що генерала заарештовано.", "?unnamed"},
	{"Пєсков не сказав, коли повернеться генерал.", ""},
	{"Військові захопили аеропорт у п'ятницю.", ""},

	// German, French, Spanish
	{"Laut Reuters wurde der General verhaftet.", "> Reuters"},
	{"Der Putsch sei gescheitert, sagte Pavel Zorin der Zeitung „Bild“.", "Pavel Zorin > Bild"},
	{"Nach Angaben von Pavel Zorin ist der Putsch gescheitert.", "Pavel Zorin"},
	{"Die Soldaten besetzten am Freitag den Flughafen.", ""},
	{"Selon Jeune Afrique, le général a fui.", "> Jeune Afrique"},
	{"« Le coup d'État a échoué », a déclaré Paul Zorin à l'AFP.", "Paul Zorin > AFP"},
	{"Les soldats ont pris l'aéroport vendredi.", ""},
	{"Según El País, el general huyó.", "> El País"},
	{"El golpe fracasó, dijo Pablo Zorin en una entrevista con CNN.", "Pablo Zorin > CNN"},
	{"Los soldados tomaron el aeropuerto el viernes.", ""},
}

func TestFind(t *testing.T) {
	table := outlets.New(nil)
	none := 0
	for _, tt := range sentences {
		if tt.want == "" {
			none++
		}
		r := news.Report{Item: news.Item{Title: "Title", Summary: tt.text}}
		if got := brief(attribution.Find(r, table)); got != tt.want {
			t.Errorf("Find(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
	if len(sentences) < 80 || none < 25 {
		t.Errorf("%d sentences, %d with nobody, want 80 and 25", len(sentences), none)
	}
}
