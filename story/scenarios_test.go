package story_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A piece is a report of a scenario, as an outlet would print it.
type piece struct {
	at       time.Duration
	outlet   string
	language string
	title    string
	summary  string
}

const day = 24 * time.Hour

// scenarios are invented events as the world's press would tell them, read by
// the shipped rules. Want has a letter for each piece: pieces of one letter tell
// one story, and "-" tells none.
var scenarios = []struct {
	name   string
	pieces []piece
	want   string
	posts  int // that interrupt people; -1 for any number
}{
	{"a coup in six languages", []piece{
		{0, "Wire A", "en", "Soldiers seize power in Gabon in apparent coup", "Officers read a statement on state television in Libreville and said the president had been removed."},
		{1 * time.Hour, "Вестник", "ru", "В Габоне военные захватили власть", "Офицеры зачитали заявление по государственному телевидению в Либревиле."},
		{1 * time.Hour, "Вісник", "uk", "У Габоні військові захопили владу: переворот", "Офіцери зачитали заяву на державному телебаченні в Лібревілі."},
		{2 * time.Hour, "Tageblatt", "de", "Putsch in Gabun: Militär übernimmt die Macht", "Offiziere verlasen im Staatsfernsehen in Libreville eine Erklärung."},
		{2 * time.Hour, "Le Quotidien", "fr", "Coup d'État au Gabon : des militaires prennent le pouvoir", "Des officiers ont lu un communiqué à la télévision d'État à Libreville."},
		{3 * time.Hour, "El Diario", "es", "Golpe de Estado en Gabón: militares toman el poder", "Oficiales leyeron un comunicado en la televisión estatal en Libreville."},
	}, "aaaaaa", -1},
	{"two coups in neighbouring countries on one day", []piece{
		{0, "Wire A", "en", "Soldiers seize power in Niger in military coup", "The president is held in his palace in Niamey."},
		{2 * time.Hour, "Wire A", "en", "Soldiers seize power in Burkina Faso in military coup", "Gunfire was heard near the palace in Ouagadougou."},
		{3 * time.Hour, "Herald", "en", "Niger coup: general declares himself leader in Niamey", "The head of the guard spoke on television."},
		{4 * time.Hour, "Herald", "en", "Burkina Faso coup: captain dissolves government in Ouagadougou", "He promised elections within two years."},
	}, "abab", -1},
	{"two coups in neighbouring countries on one day, in Russian", []piece{
		{0, "Вестник", "ru", "В Мали военные захватили власть", "Президент арестован в Бамако."},
		{2 * time.Hour, "Вестник", "ru", "В Гвинее военные захватили власть", "В Конакри слышна стрельба."},
		{3 * time.Hour, "Курьер", "ru", "Переворот в Мали: полковник объявил себя главой государства", "Выступление показали из Бамако."},
		{4 * time.Hour, "Курьер", "ru", "Переворот в Гвинее: военные распустили правительство", "Границы страны закрыты, сообщили в Конакри."},
	}, "abab", -1},
	{"an officer who flees while an exile tells of a coming coup", []piece{
		{0, "The Courier", "en", "FSB officers write of a coming coup against Putin, exile tells The Courier", "Letters by officers of the FSB show anger in the Kremlin, the dissident Pavel Orlov said from Paris."},
		{1 * time.Hour, "Metro", "en", "Putin 'could be gone by spring': FSB letters speak of coup", "Officers of the FSB are plotting against President Vladimir Putin, Pavel Orlov told The Courier."},
		{2 * time.Hour, "Курьер", "ru", "СМИ: в ФСБ говорят о перевороте против Путина", "Офицеры ФСБ пишут о готовящемся перевороте, рассказал Павел Орлов газете The Courier."},
		{8 * time.Hour, "Herald", "en", "Officer of Putin's guard flees to Istanbul", "Gleb Taranov, a captain of the Federal Protective Service, which guards President Vladimir Putin, defected with his family, an exile outlet said."},
		{9 * time.Hour, "Wire A", "en", "Captain who guarded Putin defects to Turkey, outlet says", "Gleb Taranov asked for asylum in Istanbul."},
		{10 * time.Hour, "Курьер", "ru", "Офицер охраны Путина Глеб Таранов бежал в Стамбул", "Капитан ФСО попросил убежища в Турции."},
		{11 * time.Hour, "Tribune", "en", "Who is Pavel Orlov, the exile behind the FSB coup letters?", "The dissident says officers write to him of a coup against Putin."},
	}, "aaabbba", 2},
	{"a rumour that is denied and comes again", []piece{
		{0, "Gazette", "en", "Rumours of a coup in Ivory Coast spread online", "Posts claimed that soldiers had surrounded the palace in Abidjan."},
		{5 * time.Hour, "Herald", "en", "Ivory Coast government denies coup rumours", "The government said that all was calm in Abidjan."},
		{2 * day, "Gazette", "en", "Fresh rumours of a coup in Ivory Coast", "Unverified posts again claimed that soldiers had surrounded the palace in Abidjan."},
	}, "aaa", 2},
	{"a rumour in Russian denied in Ukrainian", []piece{
		{0, "Курьер", "ru", "Слухи о перевороте в Кот-д'Ивуаре", "В соцсетях пишут, что военные окружили дворец в Абиджане."},
		{5 * time.Hour, "Вісник", "uk", "Уряд Кот-д'Івуару спростував чутки про переворот", "В Абіджані все спокійно, заявила влада."},
	}, "aa", 2},
	{"a defection, and an interview months later", []piece{
		{0, "Wire A", "en", "Colonel Pavel Dronov of Russia's FSB defects to Finland", "Pavel Dronov crossed the border and asked for asylum in Helsinki."},
		{110 * day, "Herald", "en", "FSB defector Pavel Dronov tells of his flight from Russia", "In his first interview the colonel describes life in Helsinki."},
	}, "ab", -1},
	{"a defection, and an interview days later", []piece{
		{0, "Wire A", "en", "Colonel Pavel Dronov of Russia's FSB defects to Finland", "Pavel Dronov crossed the border and asked for asylum in Helsinki."},
		{4 * day, "Herald", "en", "FSB defector Pavel Dronov tells of his flight from Russia", "In his first interview the colonel describes how he got to Helsinki."},
	}, "aa", 1},
	{"two defectors of one army in one week", []piece{
		{0, "Wire A", "en", "Russian pilot Ilya Sedov defects to Ukraine with helicopter", "Ilya Sedov landed near Kharkiv."},
		{3 * day, "Wire A", "en", "Russian paratrooper Anton Gusev defects and flees to France", "Anton Gusev told a newspaper that he could no longer serve."},
		{4 * day, "Herald", "en", "Defector Anton Gusev: why I fled the Russian army", "The paratrooper landed in Paris with his family."},
	}, "abb", 2},
	{"two defectors of one army, in Russian", []piece{
		{0, "Курьер", "ru", "Российский летчик Илья Седов перешел на сторону Украины", "Илья Седов посадил вертолет под Харьковом."},
		{3 * day, "Вестник", "ru", "Десантник Антон Гусев дезертировал из российской армии и бежал во Францию", "Антон Гусев рассказал, что больше не мог служить."},
	}, "ab", 2},
	{"one defector, in English and Russian", []piece{
		{0, "Wire A", "en", "Russian pilot Ilya Sedov defects to Ukraine with helicopter", "Ilya Sedov landed near Kharkiv and surrendered."},
		{2 * time.Hour, "Курьер", "ru", "Российский летчик Илья Седов перешел на сторону Украины", "Илья Седов посадил вертолет под Харьковом."},
	}, "aa", 1},
	{"an anniversary", []piece{
		{0, "Wire A", "en", "Soldiers seize power in Guinea in military coup", "The president was arrested in Conakry."},
		{365 * day, "Herald", "en", "A year after the coup in Guinea, the junta clings to power", "Twelve months ago soldiers arrested the president in Conakry."},
	}, "ab", -1},
	{"a plot foiled, and a trial the week after", []piece{
		{0, "Wire A", "en", "Sierra Leone says it foiled a coup plot, arrests officers", "The government said that eight officers were arrested in Freetown."},
		{6 * day, "Herald", "en", "Sierra Leone officers charged over coup plot", "Eight officers appeared before a court in Freetown."},
	}, "aa", -1},
	{"a coup, and another in the same country weeks later", []piece{
		{0, "Wire A", "en", "Soldiers seize power in Burkina Faso in military coup", "A colonel says that he is in charge in Ouagadougou."},
		{50 * day, "Wire A", "en", "Burkina Faso junta leader toppled in second coup", "A captain says on television that the colonel was removed."},
	}, "ab", 2},
	{"a roundup beside an event", []piece{
		{0, "Wire A", "en", "Soldiers seize power in Gabon in military coup", "The president is held in Libreville."},
		{3 * time.Hour, "Wire B", "en", "Troops loyal to general attempt coup in Madagascar", "Shots were heard in Antananarivo."},
		{20 * time.Hour, "Digest", "en", "Monday briefing: coup in Gabon, floods in Peru, and a new pope", "What you need to know today."},
	}, "aba", -1},
	{"the cold start: two stories, and nothing else is known", []piece{
		{0, "Wire A", "en", "Mutiny at a barracks in Chad", "Soldiers fired into the air in N'Djamena over pay."},
		{1 * time.Hour, "Wire B", "en", "Mutiny at a barracks in Malawi", "Soldiers fired into the air in Lilongwe over pay."},
	}, "ab", 2},
	{"the cold start, one event twice", []piece{
		{0, "Wire A", "en", "Mutiny at a barracks in Chad", "Soldiers fired into the air in N'Djamena over pay."},
		{1 * time.Hour, "Wire B", "en", "Chadian soldiers mutiny over unpaid wages", "Gunfire was heard from a barracks in N'Djamena."},
	}, "aa", 1},
	{"the cold start in a busy country", []piece{
		{0, "Wire A", "en", "Russian general arrested in purge of defence ministry", "General Oleg Varin is accused of taking bribes."},
		{5 * time.Hour, "Herald", "en", "Mutiny in Russian regiment near Kursk over pay", "Soldiers refused orders and locked up their officers."},
	}, "ab", 2},
	{"ten retellings of one exile", []piece{
		{0, "Metro Daily", "en", "Putin faces coup within months, exiled activist Oleg Marenin claims", "Oleg Marenin told the Evening Courier that generals are plotting."},
		{1 * time.Hour, "Evening Sun", "en", "Generals plot to oust Putin, says Oleg Marenin", "The exile told the Evening Courier that a coup is near."},
		{2 * time.Hour, "Star News", "en", "Coup against Putin 'inevitable', Kremlin critic Marenin warns", "Oleg Marenin was speaking to the Evening Courier."},
		{3 * time.Hour, "Der Bote", "de", "Exil-Aktivist Oleg Marenin: Putsch gegen Putin steht bevor", "Generäle planen laut Marenin den Sturz Putins."},
		{4 * time.Hour, "Вестник", "ru", "Активист Олег Маренин: против Путина готовят переворот", "Об этом он рассказал изданию Evening Courier."},
		{5 * time.Hour, "Вісник", "uk", "Активіст Олег Маренін: проти Путіна готують переворот", "Про це він розповів виданню Evening Courier."},
		{8 * time.Hour, "Le Quotidien", "fr", "Un coup d'État contre Poutine se prépare, selon l'opposant Oleg Marenin", "L'exilé s'est confié à l'Evening Courier."},
		{9 * time.Hour, "Tribune", "en", "Putin could be toppled in palace coup, claims Marenin", "The exiled activist said generals had lost patience."},
		{20 * time.Hour, "Daily Post", "en", "Exile Oleg Marenin: Putin's generals are plotting a coup", "He repeated a claim that he made to the Evening Courier."},
		{30 * time.Hour, "Weekly", "en", "Is a coup against Putin coming? Oleg Marenin thinks so", "The exiled activist has said that generals are plotting."},
	}, "aaaaaaaaaa", 1},
	{"two who claim the same of one man", []piece{
		{0, "Metro Daily", "en", "Putin faces coup within months, exiled activist Oleg Marenin claims", "Oleg Marenin told the Evening Courier that generals are plotting."},
		{2 * day, "Star News", "en", "Former spy Hugh Barnsley predicts palace coup against Putin", "Hugh Barnsley told a radio station that oligarchs are restless."},
	}, "ab", 2},
	{"an official purge in China, in three languages", []piece{
		{0, "Wire A", "en", "China purges top general Liu Wenbo from military commission", "Liu Wenbo was expelled from the party."},
		{3 * time.Hour, "Вестник", "ru", "В Китае в ходе чистки уволен генерал Лю Вэньбо", "Его исключили из партии."},
		{4 * time.Hour, "Tageblatt", "de", "Säuberung in China: General Liu Wenbo aus Militärkommission entfernt", "Er wurde aus der Partei ausgeschlossen."},
	}, "aaa", -1},
	{"a mutiny that ends, and its leader's death weeks after is another event", []piece{
		{0, "Wire A", "en", "Mutiny in Lesotho: soldiers seize barracks in Maseru", "Captain Thabo Lerato leads the mutineers."},
		{20 * time.Hour, "Wire A", "en", "Lesotho mutiny ends as soldiers leave barracks", "Captain Thabo Lerato agreed to talks in Maseru."},
		{21 * day, "Herald", "en", "Leader of Lesotho mutiny Thabo Lerato shot dead", "He was killed at his home in Maseru."},
	}, "aab", 2},
	{"attempted coup told as attack first", []piece{
		{0, "Wire A", "en", "Gunfire near presidential palace in Comoros; coup attempt feared", "Residents of Moroni heard shots at dawn."},
		{3 * time.Hour, "Herald", "en", "Comoros army says it foiled coup attempt", "The army said that ten soldiers were arrested in Moroni."},
		{1 * day, "Gazette", "en", "Comoros arrests former minister after failed coup", "He is accused of having paid the soldiers."},
	}, "aaa", -1},
	{"two countries that share a name", []piece{
		{0, "Wire A", "en", "Coup attempt in Guinea-Bissau fails", "Shots were fired near the palace in Bissau."},
		{1 * day, "Wire A", "en", "Coup attempt in Guinea fails", "Shots were fired near the palace in Conakry."},
		{2 * day, "Wire B", "en", "Coup attempt in Equatorial Guinea fails", "Shots were fired near the palace in Malabo."},
	}, "abc", 3},
	{"the two Congos", []piece{
		{0, "Wire A", "en", "Coup attempt in DR Congo: army says it stopped gunmen in Kinshasa", "Three men were killed near the palace."},
		{1 * day, "Wire A", "en", "Coup rumours in Republic of Congo denied in Brazzaville", "The government said that all was calm."},
	}, "ab", 2},
	{"the two Koreas", []piece{
		{0, "Wire A", "en", "North Korean soldier defects across border", "The soldier crossed on foot at night."},
		{2 * day, "Wire A", "en", "South Korea's former president jailed over failed coup", "A court in Seoul sentenced him over martial law."},
	}, "ab", -1},
	{"one dateline, two events", []piece{
		{0, "Wire A", "en", "Sudan's army chief survives coup attempt", "KHARTOUM (Wire A) - Officers were arrested in Khartoum on Monday."},
		{1 * day, "Wire A", "en", "South Sudan's president sacks army chief amid coup rumours", "JUBA (Wire A) - He was replaced by decree on Tuesday."},
	}, "ab", 2},
	{"a wire and its copies", []piece{
		{0, "Wire A", "en", "Togo thwarts coup plot, minister says", "LOME (Wire A) - Security forces arrested fourteen soldiers who planned to storm the palace, the minister said."},
		{1 * time.Hour, "Herald", "en", "Togo: coup plot thwarted", "LOME (Wire A) - Security forces arrested fourteen soldiers who planned to storm the palace, the minister said."},
		{2 * time.Hour, "Gazette", "en", "Plot to overthrow Togo's government is thwarted", "Security forces arrested fourteen soldiers who planned to storm the palace, the minister said."},
	}, "aaa", 1},
	{"a purge and a defection in one country in one week", []piece{
		{0, "Wire A", "en", "Turkmenistan purges security chiefs", "Three heads of agencies were dismissed in Ashgabat."},
		{4 * day, "Herald", "en", "Turkmen diplomat Merdan Ataev defects and seeks asylum in Norway", "Merdan Ataev said he feared arrest."},
	}, "ab", 2},
	{"a coup in Spanish and in French", []piece{
		{0, "El Diario", "es", "Intento de golpe de Estado en Bolivia: militares rodean el palacio", "El presidente pidió calma en La Paz."},
		{1 * time.Hour, "Le Quotidien", "fr", "Tentative de coup d'État en Bolivie : des militaires encerclent le palais", "Le président appelle au calme à La Paz."},
		{2 * time.Hour, "Wire A", "en", "Bolivia coup attempt: soldiers surround palace", "The president called for calm in La Paz."},
	}, "aaa", -1},
	{"a plot and those held for it", []piece{
		{0, "Wire A", "en", "Coup plot uncovered in Kyrgyzstan", "The security committee in Bishkek arrested five men."},
		{3 * day, "Herald", "en", "Kyrgyzstan: five held over coup plot named", "They are former officers, the committee in Bishkek said."},
	}, "aa", -1},
	{"the same minister dismissed and his successor arrested", []piece{
		{0, "Wire A", "en", "Uganda's president sacks army chief Peter Okello", "Peter Okello was replaced in Kampala."},
		{20 * day, "Wire A", "en", "Zambia's army chief Joseph Mwale arrested over coup plot", "Joseph Mwale was taken from his home in Lusaka."},
	}, "ab", 2},
	{"two generals arrested in one purge in one week", []piece{
		{0, "Курьер", "ru", "Генерал Олег Варин арестован по делу о взятке", "Замминистра обороны Олега Варина задержала ФСБ."},
		{4 * day, "Курьер", "ru", "Генерал Петр Лосев арестован по делу о мошенничестве", "Начальника управления Минобороны Петра Лосева задержала ФСБ."},
		{4*day + 2*time.Hour, "Вестник", "ru", "ФСБ задержала генерала Петра Лосева", "Начальник управления Минобороны подозревается в мошенничестве."},
	}, "abb", 2},
	{"one general arrested, in three languages", []piece{
		{0, "Курьер", "ru", "Генерал Олег Варин арестован по делу о взятке", "Замминистра обороны Олега Варина задержала ФСБ."},
		{2 * time.Hour, "Wire A", "en", "Russian deputy defence minister Oleg Varin arrested", "General Oleg Varin is accused of taking bribes, the FSB said."},
		{3 * time.Hour, "Вісник", "uk", "У Росії заарештували генерала Олега Варіна", "Заступника міністра оборони РФ затримала ФСБ."},
	}, "aaa", -1},
	{"told by the capital only", []piece{
		{0, "Wire A", "en", "Soldiers seize state television in Bamako in apparent coup", "Armed men entered the building at dawn."},
		{1 * time.Hour, "Herald", "en", "Mali coup: president detained by mutinous troops", "He was taken to a camp outside the city."},
		{1 * time.Hour, "Le Quotidien", "fr", "Mali : des militaires mutins arrêtent le président", "Des tirs ont été entendus à Bamako."},
	}, "aaa", -1},
	{"neighbours who warn after a coup", []piece{
		{0, "Wire A", "en", "Soldiers seize power in Niger in military coup", "The president is held in his palace in Niamey."},
		{2 * day, "Wire A", "en", "West African bloc threatens force after Niger coup", "It gave the junta in Niamey a week to free the president."},
		{4 * day, "Herald", "en", "Niger junta closes airspace as coup deadline passes", "The generals in Niamey fear an attack."},
	}, "aaa", -1},
	{"a junta is sworn in", []piece{
		{0, "Wire A", "en", "Soldiers seize power in Gabon in military coup", "The president is held in Libreville."},
		{5 * day, "Herald", "en", "Gabon coup leader sworn in as president", "General Marc Obame took the oath in Libreville."},
		{5*day + time.Hour, "Le Quotidien", "fr", "Gabon : le général putschiste Marc Obame prête serment", "Il a prêté serment à Libreville."},
	}, "aaa", -1},
	{"two exiles, two claims of other things", []piece{
		{0, "Metro Daily", "en", "Exiled activist Oleg Marenin claims FSB officers plot coup against Putin", "Oleg Marenin published letters from an officer."},
		{1 * day, "Star News", "en", "Lukashenko faces coup, exiled opposition politician Anna Zorich says", "Anna Zorich told a radio station that generals in Minsk are restless."},
	}, "ab", 2},
	{"two coups on one day in German", []piece{
		{0, "Tageblatt", "de", "Putsch in Niger: Militär setzt Präsidenten ab", "Soldaten umstellten den Palast in Niamey."},
		{2 * time.Hour, "Tageblatt", "de", "Putsch in Burkina Faso: Militär setzt Präsidenten ab", "Soldaten umstellten den Palast in Ouagadougou."},
		{3 * time.Hour, "Bote", "de", "Niger: General erklärt sich nach Putsch zum Staatschef", "Er sprach im Fernsehen in Niamey."},
	}, "aba", -1},
	{"two coups on one day in Ukrainian", []piece{
		{0, "Вісник", "uk", "У Нігері військові захопили владу", "Президента затримали в Ніамеї."},
		{2 * time.Hour, "Вісник", "uk", "У Буркіна-Фасо військові захопили владу", "Стрілянину чути в Уагадугу."},
		{3 * time.Hour, "Кур'єр", "uk", "Переворот у Нігері: генерал оголосив себе лідером", "Він виступив у Ніамеї."},
	}, "aba", -1},
	{"a plot is told officially after it was a rumour", []piece{
		{0, "Gazette", "en", "Rumours of coup plot in Benin after arrests of officers", "Several officers were reportedly held in Cotonou."},
		{1 * day, "Wire A", "en", "Benin government announces it foiled a coup plot", "A minister said in Cotonou that officers were arrested."},
	}, "aa", 2},
	{"a denial in French", []piece{
		{0, "Le Quotidien", "fr", "Rumeurs de coup d'État au Cameroun", "Des messages non vérifiés circulent à Yaoundé."},
		{6 * time.Hour, "La Gazette", "fr", "Le gouvernement camerounais dément les rumeurs de coup d'État", "Tout est calme à Yaoundé, selon le gouvernement."},
	}, "aa", 2},
	{"a denial in Spanish", []piece{
		{0, "El Diario", "es", "Rumores de golpe de Estado en Honduras", "Mensajes sin confirmar circulan en Tegucigalpa."},
		{6 * time.Hour, "La Prensa Libre", "es", "El gobierno de Honduras desmiente rumores de golpe de Estado", "Todo está en calma en Tegucigalpa."},
	}, "aa", 2},
	{"a defector's name in three scripts and habits", []piece{
		{0, "Wire A", "en", "Russian diplomat Yevgeny Shchukin defects to Switzerland", "Yevgeny Shchukin worked in Geneva."},
		{3 * time.Hour, "Tageblatt", "de", "Russischer Diplomat Jewgeni Schtschukin setzt sich in die Schweiz ab: Überläufer", "Jewgeni Schtschukin arbeitete in Genf."},
		{4 * time.Hour, "Курьер", "ru", "Российский дипломат Евгений Щукин попросил убежища в Швейцарии", "Евгений Щукин работал в Женеве, он стал перебежчиком."},
	}, "aaa", -1},
	{"many stories of one busy country", []piece{
		{0, "Wire A", "en", "Mutiny in Russian regiment near Belgorod over losses", "Soldiers refused to go back to the front."},
		{1 * day, "Wire A", "en", "Kremlin insider says Putin faces palace coup", "An unnamed official spoke of plots among generals."},
		{2 * day, "Wire A", "en", "Putin sacks head of Russian border guards", "General Igor Sanin was dismissed by decree."},
		{3 * day, "Wire A", "en", "Russian army captain Denis Kulik defects to Latvia", "Denis Kulik crossed the border on foot."},
		{4 * day, "Herald", "en", "Russian deserter Denis Kulik asks Latvia for asylum", "The captain crossed the border on foot."},
	}, "abcdd", -1},
}

func TestScenarios(t *testing.T) {
	rules := readRules(t)
	policy := news.Policy{Routes: []news.Route{{To: []string{"slack"}, Severity: news.Medium}}, Origins: 3}
	for _, tt := range scenarios {
		t.Run(tt.name, func(t *testing.T) {
			room := newsroom{policy: policy}
			letters, got, posts := map[string]byte{}, "", 0
			var log strings.Builder
			for i, p := range tt.pieces {
				r, _ := rules.Match(news.Item{
					ID: fmt.Sprintf("%s-%d", tt.name, i), Publisher: p.outlet, Language: p.language,
					Title: p.title, Summary: p.summary, Published: noon.Add(p.at), Fetched: noon.Add(p.at),
				})
				d := room.read(r, noon.Add(p.at))
				if id := d.Story.ID; id == "" {
					got += "-"
				} else {
					if letters[id] == 0 {
						letters[id] = "abcdefghij"[len(letters)]
					}
					got += string(letters[id])
				}
				if slices.Contains([]news.Kind{news.New, news.Escalation}, d.Kind) {
					posts++
				}
				fmt.Fprintf(&log, "\n%c %s, %s, %s: %s (%s)", got[i], d.Kind, r.Severity(), d.Status, p.title, d.Reason)
			}
			if got != tt.want {
				t.Errorf("stories %s, want %s:%s", got, tt.want, log.String())
			}
			if tt.posts >= 0 && posts != tt.posts {
				t.Errorf("people are interrupted %d times, want %d:%s", posts, tt.posts, log.String())
			}
		})
	}
}
