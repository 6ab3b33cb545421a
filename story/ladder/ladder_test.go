package ladder_test

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/ladder"
)

// marked returns text without its marks, and where they are: [this] is what a
// rule found, {ml Mali} a country that is named.
func marked(text string, f news.Field) (plain string, found []news.Span, named []news.Mention) {
	var b strings.Builder
	for text != "" {
		i := strings.IndexAny(text, "[{")
		if i < 0 {
			b.WriteString(text)
			break
		}
		b.WriteString(text[:i])
		end := i + strings.IndexAny(text[i:], "]}")
		words, country := text[i+1:end], ""
		if text[i] == '{' {
			country, words, _ = strings.Cut(words, " ")
		}
		span := news.Span{Field: f, Start: b.Len(), End: b.Len() + len(words), Term: "coup"}
		if country == "" {
			found = append(found, span)
		} else {
			named = append(named, news.Mention{Entity: "country:" + country, Name: words, Country: country, Span: span})
		}
		b.WriteString(words)
		text = text[end+1:]
	}
	return b.String(), found, named
}

// report returns a report with a marked title and summary.
func report(title, summary, language string) news.Report {
	var r news.Report
	var m news.Match
	r.Language = language
	for f, text := range []string{title, summary} {
		plain, found, named := marked(text, news.Field(f))
		m.Spans = append(m.Spans, found...)
		r.Mentions = append(r.Mentions, named...)
		if f == 0 {
			r.Title = plain
		} else {
			r.Summary = plain
		}
	}
	if len(m.Spans) > 0 {
		r.Matches = []news.Match{m}
	}
	return r
}

func TestRead(t *testing.T) {
	const rumour, claim, reported, official, denied = news.Rumour, news.Claim, news.Reported, news.Official, news.Denied
	tests := []struct {
		language       string
		want           news.Status
		title, summary string
	}{
		{"en", claim, "Deputy's question on the trainers of [coup] men", "In his motion the deputy demands the army tell parliament whom it trained."},
		{"en", official, "Deputy's question on the [coup] in Tolmin", "The army tells parliament that its colonels attempted the coup."},
		{"en", rumour, "Rumours of a [coup] sweep Tolmin", ""},
		{"en", rumour, "Army posts footage of governor since Tolmin [mutiny]", ""}, // which it does not deny
		{"en", rumour, "Officers plot [coup] in Tolmin, sources say", ""},
		{"en", rumour, "Palace guard planned [mutiny], according to media reports", ""},
		{"en", rumour, "[Coup] under way in Tolmin: report", ""},
		{"en", rumour, "Is a [coup] brewing in Tolmin?", ""},
		{"en", rumour, "Generals could stage [coup] before the vote", ""},
		{"en", rumour, "Army reportedly [mutinies] in the north", ""},
		{"en", rumour, "Unconfirmed: [putsch] in Tolmin", ""},
		{"en", rumour, "Dictator close to being [toppled]", "Officers have decided to [overthrow] him, an insider close to the palace said."},
		{"en", rumour, "[Coup] has begun, it's been claimed", ""},
		{"en", claim, "[Coup] is near, exile claims", ""},
		{"en", claim, "General 'could [topple]' president", ""},
		{"en", claim, "Military [coup] nears, a former aide says", ""},
		{"en", reported, "Palace '[coup]' leaves ministers stunned", ""},
		{"en", claim, "Exile: [coup] in Tolmin is a matter of weeks", "He said so on Monday."},
		// what looks like a denial, and is none of the event
		{"en", reported, "Minister of {tm Tolmin} appears in video for first time since [mutiny]", ""},
		{"en", claim, "Lawmaker believes that [mutiny] report will not harm king", "The visit of the defence minister was missed by nobody."},
		{"en", reported, "Founder of militia back in town after [mutiny]", "Ivo Maren, the founder of the military group, dismissed a report of treason."},
		{"en", claim, "Letters from inside the army warn of [coup] in {tm Tolmin}", ""},
		{"en", rumour, "Aide close to the ministry hints at [coup], sources say", ""},
		{"en", claim, "[Coup] will come by autumn, says former minister", ""},
		{"en", claim, "General [defects] and tells of chaos in the ranks", ""},
		{"en", claim, "President accuses neighbour of [plotting coup]", ""},
		{"en", claim, "{vm Velmaria} president says {tm Tolmin} is preparing [coup]", ""},
		{"en", claim, "Intelligence chief of {vm Velmaria} says {tm Tolmin} faces [mutiny]", ""},
		{"en", claim, "[Purge] of the guard looms, expert warns", ""},
		{"en", claim, "[Coup] possible within a year", "A [coup] may come soon, said Ivo Maren, who once wrote the president's speeches."},
		{"en", claim, "[Coup] claim", "Western officials said a [coup] was stopped last week."},
		{"en", claim, "Former army chief says [coup] was his idea", ""},
		{"en", reported, "Soldiers seize the palace in [coup]", ""},
		{"en", reported, "Four soldiers arrested after alleged [coup attempt]", ""},
		{"en", reported, "Guards officer [defects] with his family", "He crossed the border at night."},
		{"en", reported, "Police arrest 25 accused of [plotting coup]", ""},
		{"en", reported, "President sacks the army chief after the [mutiny]", ""},
		{"en", reported, "[Coup] leaves city in fear", "The mayor denied that water was short."},
		{"en", reported, "[Mutiny] in the barracks over pay", "Nobody was hurt. No shots were fired in the [mutiny]."},
		{"en", reported, "Neighbour denies [defecting] officer asylum", ""},
		{"en", official, "Court denies bail to officer held over [coup plot]", ""},
		{"en", reported, "President dismissed the general over the [plot]", ""},
		{"en", reported, "Troops [mutiny] at northern base, commander removed", ""},
		{"en", reported, "A [coup], then a curfew: the night in Tolmin", ""},
		{"en", official, "Army announces it has taken power in [coup]", ""},
		{"en", official, "Defence ministry says it foiled a [coup]", ""},
		{"en", official, "[Coup plot] foiled: prosecutor", ""},
		{"en", official, "Prosecutors said on Friday that 39 people were charged with staging a [coup]", ""},
		{"en", official, "President Anton Reven decrees curfew after the [coup]", ""},
		{"en", official, "Soldiers held after [coup attempt]", "The government announced the arrests on state television and spoke of a [coup]."},
		{"en", official, "[Mutiny] is over, according to the authorities", ""},
		{"en", official, "Junta declares the constitution suspended after [coup]", ""},
		{"en", official, "{tm Tolmin} says it thwarted [coup]", ""},
		{"en", official, "Government confirms [coup attempt]", ""},
		{"en", denied, "Government denies [coup]", ""},
		{"en", denied, "There was no [coup] in Tolmin, says palace", ""},
		{"en", denied, "Army dismissed reports of a [coup]", ""},
		{"en", denied, "Army rejects claims of a [mutiny] as baseless", ""},
		{"en", denied, "It was not a [coup], insists general", ""},
		{"en", denied, "No [coup] in Tolmin, army says", ""},
		{"en", denied, "Palace responds to [coup] talk", "The palace on Monday dismissed rumours of a [coup]."},
		{"en", denied, "General denies planning [coup]", ""},
		{"en", rumour, "Unfounded [coup] rumours spread online", ""}, // nobody denies it
		{"en", reported, "Guards officer [flees] despite denials", ""},
		{"en", reported, "Deserter [flees]; lawyer denies any wish to return", ""},
		{"en", reported, "We will not punish those who [deserted]: {vm Velmaria}", ""},
		{"en", claim, "{tm Tolmin}: regiment [mutinies]", "The general staff of {vm Velmaria} said that a regiment [mutinied]."},
		{"en", reported, "Trial over [coup] set for a day in May", ""},
		{"en", reported, "Wages are 40 per cent lower since the [coup]", ""},
		{"en", claim, "[Mutiny] was planned, army officer says", ""},
		{"en", claim, "General refuses to deny [coup] plan, envoy says", ""},
		{"en", claim, "[Coup] was planned for May, exile says", "The palace denied it."},
		{"en", reported, "[Mutiny] in the harbour", "The [mutiny] began at dawn, local officials said."}, // the title is the outlet's own word
		{"en", official, "[Mutiny] in the harbour", "The [mutiny] began at dawn, the defence ministry said."},

		{"ru", rumour, "Слухи о [перевороте] в столице", ""},
		{"ru", rumour, "Начальник штаба задержан, пишет телеграм-канал", "По неподтверждённым слухам, генерала арестовали за [заговор]."},
		{"ru", reported, "Генерала арестовали за [заговор] против короля", ""},
		{"ru", rumour, "Источники: в гвардии готовят [мятеж]", ""},
		{"ru", rumour, "Генералы якобы готовят [переворот]", ""},
		{"ru", rumour, "СМИ сообщили о [мятеже] в гарнизоне", ""},
		{"ru", rumour, "Ждать ли [переворота] в Толмине?", ""},
		{"ru", rumour, "По данным источников, офицеры готовят [заговор]", ""},
		{"ru", claim, "Диссидент заявил о [перевороте]", ""},
		{"ru", claim, "По словам бывшего генерала, [мятеж] начнётся осенью", ""},
		{"ru", claim, "Эксперт предупредил о [перевороте]", ""},
		{"ru", claim, "Президент обвинил соседей в подготовке [переворота]", ""},
		{"ru", reported, "Военные захватили дворец в ходе [переворота]", ""},
		{"ru", reported, "Офицер гвардии [бежал] за границу", ""},
		{"ru", reported, "В части начался [мятеж], стрельба продолжается", ""},
		{"ru", official, "Министерство обороны объявило о [мятеже]", ""},
		{"ru", official, "Хунта объявила о роспуске парламента после [переворота]", ""},
		{"ru", official, "Прокуратура сообщила о задержании участников [заговора]", ""},
		{"ru", official, "Армия заявила о захвате власти: [переворот] завершён", ""},
		{"ru", official, "Минобороны: попытка [переворота] предотвращена", ""},
		{"ru", denied, "Кремль опроверг слухи о [перевороте]", ""},
		{"ru", denied, "Никакого [переворота] не было, заявили власти", ""},
		{"ru", denied, "В армии назвали фейком сообщения о [мятеже]", ""},
		{"ru", denied, "Сообщения о [мятеже] не соответствуют действительности, заявили в министерстве", ""},

		{"uk", rumour, "Чутки про [переворот] у столиці", ""},
		{"uk", rumour, "Офіцери нібито готують [заколот]", ""},
		{"uk", rumour, "ЗМІ: у гвардії готують [заколот]", ""},
		{"uk", claim, "Дисидент повідомив про [заколот]", ""},
		{"uk", claim, "За словами експерта, [переворот] можливий восени", ""},
		{"uk", reported, "Військові захопили палац під час [перевороту]", ""},
		{"uk", reported, "Офіцер гвардії [втік] за кордон із родиною", ""},
		{"uk", official, "Прокуратура повідомила про затримання учасників [змови]", ""},
		{"uk", official, "Президент оголосив воєнний стан після [заколоту]", ""},
		{"uk", official, "Міноборони: спробу [перевороту] відвернуто", ""},
		{"uk", denied, "Влада спростувала чутки про [переворот]", ""},
		{"uk", denied, "Жодного [заколоту] не було, заявили в уряді", ""},

		// what a rule found may hold the office and what it does
		{"en", official, "[Government announces it foiled a coup] plot", ""},
		{"en", official, "Junta in {tm Tolmin} [dissolves parliament] after [coup]", ""},
		{"en", reported, "Plot to overthrow the [government is thwarted]", ""},
		{"en", reported, "Regiment of the army [ignored orders] near the front", ""},
		{"en", claim, "Expert casts doubt on denial of [coup], and says why", ""},
		{"ru", official, "Служба безопасности [сообщила о предотвращении переворота]", ""},
		{"de", official, "[Junta verkündet Machtübernahme nach Putsch]", ""},
		{"de", official, "Regierung in {tm Tolmin}: [Putschversuch vereitelt]", ""},
		{"fr", official, "Le gouvernement [annonce avoir déjoué un coup d'État]", ""},
		{"es", official, "El gobierno [anunció que frustró un golpe]", ""},
		// what a court calls it is no denial, and a charge no claim
		{"ru", reported, "Дело о «фейках» про армию: офицер рассуждал о [мятеже]", ""},
		{"ru", reported, "Офицера арестовали по обвинению в [мятеже]", ""},
		{"ru", denied, "Песков назвал фейком сообщения о [мятеже]", ""},
		{"ru", reported, "Вероятность [мятежа] в гвардии выросла", ""},

		{"de", rumour, "Gerüchte über einen [Putsch] in Tolmin", ""},
		{"de", rumour, "Medienberichten zufolge planen Offiziere einen [Putsch]", ""},
		{"de", claim, "[Putsch] steht bevor, sagt früherer Minister", ""},
		{"de", reported, "Soldaten besetzen den Palast: [Putsch] in Tolmin", ""},
		{"de", official, "Armee verkündet Machtübernahme nach [Putsch]", ""},
		{"de", denied, "Regierung dementiert [Putsch]", ""},
		{"fr", rumour, "Rumeurs de [coup d'État] à Tolmin", ""},
		{"fr", claim, "Un [coup d'État] est proche, affirme un exilé", ""},
		{"fr", reported, "[Coup d'État] à Tolmin : le palais occupé", ""},
		{"fr", official, "L'armée annonce avoir pris le pouvoir après le [coup d'État]", ""},
		{"fr", denied, "Le gouvernement dément tout [coup d'État]", ""},
		{"es", rumour, "Rumores de [golpe] en Tolmin", ""},
		{"es", claim, "El [golpe] está cerca, afirma un exiliado", ""},
		{"es", reported, "Soldados toman el palacio en un [golpe]", ""},
		{"es", official, "El ejército anuncia que tomó el poder tras el [golpe]", ""},
		{"es", denied, "El gobierno niega un [golpe]", ""},
	}
	for _, tt := range tests {
		r := report(tt.title, tt.summary, tt.language)
		read := ladder.Read(r)
		got, sentence := read.Status, read.Sentence
		if got != tt.want {
			t.Errorf("%q, %q: status %q because of %q, want %q", tt.title, tt.summary, got, sentence, tt.want)
		}
		if !strings.Contains(r.Title+"\n"+r.Summary, sentence) || sentence == "" {
			t.Errorf("%q: the sentence %q is not of the report", tt.title, sentence)
		}
	}
}

// Who takes back a report is named.
func TestReadWithdrawal(t *testing.T) {
	tests := []struct{ language, title, by string }{
		{"en", "Transland Wire withdraws report of [coup] in Tolmin", "Transland Wire"},
		{"en", "Correction: no [coup] in Tolmin", ""},
		{"en", "Defence ministry retracts statement, news of [coup] was an error", "Defence ministry"},
		{"ru", "Поправка: [переворота] в Толмине не было", ""},
		{"de", "Korrektur: Kein [Putsch] in Tolmin", ""},
	}
	for _, tt := range tests {
		got := ladder.Read(report(tt.title, "", tt.language))
		if !got.Withdraws || got.Speaker != tt.by {
			t.Errorf("%s: %+v, want it withdrawn by %q", tt.title, got, tt.by)
		}
	}
	if got := ladder.Read(report("Army withdraws from [coup] hotspot", "", "en")); got.Withdraws {
		t.Errorf("an army that withdraws: %+v", got)
	}
}

// A report of nothing that a rule found is read as a whole.
func TestReadOdd(t *testing.T) {
	tests := []struct {
		name string
		r    news.Report
		want news.Status
	}{
		{"nothing", news.Report{}, news.Rumour},
		{"no match", news.Report{Item: news.Item{Title: "Army announces it has taken power", Language: "en"}}, news.Official},
		{"only names found", news.Report{
			Item:    news.Item{Title: "Reven flees, exile claims", Language: "en"},
			Matches: []news.Match{{Spans: []news.Span{{Field: news.Title, End: 5, Term: "@reven"}}}},
		}, news.Claim},
		{"said of something else", news.Report{
			Item:    news.Item{Title: "Government announces budget", Body: strings.Repeat("Wheat is dearer than last week and rain will fall. ", 20) + "Nine years ago soldiers staged a coup.", Language: "en"},
			Matches: []news.Match{{Spans: []news.Span{{Field: news.Body, Start: 20*51 + 33, End: 20*51 + 37, Term: "coup"}}}},
		}, news.Reported},
		{"found deep in the text", news.Report{
			Item:    news.Item{Title: "Morning briefing", Body: strings.Repeat("Wheat is dearer than last week and rain will fall. ", 20) + "The army announced a coup on the radio.", Language: "en"},
			Matches: []news.Match{{Spans: []news.Span{{Field: news.Body, Start: 20*51 + 21, End: 20*51 + 25, Term: "coup"}}}},
		}, news.Official},
	}
	for _, tt := range tests {
		if got := ladder.Read(tt.r); got.Status != tt.want {
			t.Errorf("%s: status %q because of %q, want %q", tt.name, got.Status, got.Sentence, tt.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("Army denies [coup]", "There was \"no\" [coup]: 'so' they say.", "en", 3, 9)
	f.Add("", "«Мятеж» — слухи?", "ru", 0, 4)
	f.Add("x:", ": y", "", -1, 100)
	f.Add("Coup: «Вброс» — Генштаб, army? says by: who", "Denied by the, von army says", "ru", 0, 4)
	f.Add("Démenti de l'armée : « aucun putsch », dit-elle", "Weder Putsch noch: der Kreml", "fr", 0, 4)
	f.Add("Army: no", "Kein Putsch.", "de", 0, 4)
	f.Fuzz(func(t *testing.T, title, body, language string, start, end int) {
		r := news.Report{Item: news.Item{Title: title, Body: body, Language: language}}
		r.Matches = []news.Match{{Spans: []news.Span{{Field: news.Body, Start: start, End: end}, {Field: news.Title, Start: start, End: end}}}}
		r.Mentions = []news.Mention{{Entity: "country:tm", Country: "tm", Span: news.Span{Start: start, End: end}}}
		read := ladder.Read(r)
		status, sentence := read.Status, read.Sentence
		if status < news.Rumour || status > news.Denied {
			t.Errorf("status %d", status)
		}
		if !strings.Contains(title, sentence) && !strings.Contains(body, sentence) {
			t.Errorf("the sentence %q is not of the report", sentence)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	r := report("Defence ministry of {tm Tolmin} says it foiled a [coup]", "Forty officers of the palace guard were held before dawn, the ministry said in a statement that was read on the radio. Residents heard shots near the harbour, and the bridges were closed until noon. Nobody spoke of a [coup] on the streets.", "en")
	b.ReportAllocs()
	for b.Loop() {
		ladder.Read(r)
	}
}
