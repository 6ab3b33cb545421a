package attribution

import (
	"strings"

	"github.com/coupwatch/coupwatch/story/outlets"
	"github.com/coupwatch/coupwatch/text"
)

// A kind is what a word may be to an attribution, as a set.
type kind uint32

const (
	says        kind = 1 << iota // a verb: what its subject says
	tells                        // such a verb whose object hears it: "told the BBC"
	publishes                    // such a verb of outlets: "reported"
	thinks                       // such a verb of persons only: "believes"
	nominal                      // such a verb that may be a noun too: "claims"
	passive                      // a participle that names its doer with "by": "quoted by"
	rumoured                     // a participle that needs no doer: "it is claimed"
	helper                       // may stand between subject and verb: "has", "also", "on Tuesday"
	being                        // a form of "to be"
	negative                     // takes the verb back: "not"
	unreal                       // so does this: "would", "if", "to"
	article                      // "the", "his": what follows is known
	indefinite                   // "a", "some": what follows is not
	preposition                  // joins a noun to what is said of it: "of", "from"
	joiner                       // "and": the subject is that of the verb before
	ender                        // ends a noun: "that", "when"
	relative                     // "who"
	pronoun                      // "he"
	plural                       // "they"
	role                         // what a person is: "analyst"
	office                       // such a role that one person has: "minister"
	title                        // such a role that stands before names: "Mr", "General"
	group                        // people without names: "officials", "sources"
	body                         // an institution: "ministry", "police"
	medium                       // "newspaper", "television"
	media                        // several of them: "media", "outlets"
	report                       // what is cited for its author: "report", "letters"
	particle                     // of a name: "van", "bin"
	common                       // no name, though it may have a capital: "Tuesday", "But"
	land                         // a country, after which another name begins
	transitive                   // an English verb with an object, which its subject cannot follow
	inverts                      // a verb of a language in which the subject may follow freely
)

// anyVerb are the kinds of verbs of speech.
const anyVerb = says | tells | publishes | thinks

// closed are the kinds of words that are no part of a name even with a capital.
const closed = anyVerb | helper | being | negative | unreal | article | indefinite | preposition | joiner | ender |
	relative | pronoun | plural | role | office | title | group | common

// lexicon lists words by kind, those of all languages together. An ending "*"
// stands for those of the Russian past tense, "%" for those of the Ukrainian; a
// "~" before a word says that all its cases are meant.
//
//nolint:misspell // the words of American papers are read too
var lexicon = []struct {
	kind  kind
	words string
}{
	{says, `said say says stated declared announced announces added adds explained explains confirmed confirms denied denies
		insisted insists admitted admits acknowledged acknowledges stressed stresses argued argues alleged alleges asserted asserts
		warned warns predicted predicts suggested suggests commented concluded noted observed remarked claimed recalled vowed
		maintained maintains emphasised emphasized underlined accused accuses blamed blames continued tweeted replied responded
		testified boasted warn deny insist confirm announce argue allege predict admit contend concede hinted quipped cautioned cautions conceded concedes contended contends disclosed`},
	{says | nominal, `claims claim notes comments`},
	{transitive, `accused accuses blamed blames told tells assured assures informed announced announces confirmed confirms revealed reveals denied denies
		considers believed convinced estimates quotes disclosed recalled`},
	{says | tells, `told tells assured assures informed`},
	{says | publishes, `reported writes wrote revealed reveals posted quotes`},
	{says | publishes | nominal, `reports report`},
	{thinks | says, `believes believe considers thinks believed suspects convinced believing estimates worried feared`},
	{says | inverts, `заявил* заявляет заявляют сказал* говорит говорят утверждает утверждают утверждал* объяснил* объясняет пояснил* поясняет
		отметил* отмечает отмечают подчеркнул* подчеркивает добавил* добавляет предупредил* предупреждает признал* признался призналась
		подтвердил* подтверждает подтверждают опроверг* опровергает опровергли считает считают полагает полагают уверен уверена уверены
		предположил* предполагает напомнил* уточнил* уточняет рассказывает рассказывают обвинил* анонсировал* ответил* прокомментировал* констатировал*
		сказав% каже кажуть стверджує стверджують стверджував пояснив% пояснює зазначив% зазначає зазначають наголосив% наголошує підкреслив% підкреслює
		додав% додає попередив% попереджає визнав% підтвердив% підтверджує спростував% спростовує вважає вважають переконаний переконана
		припустив% нагадав% уточнив% запевнив% запевняє звинуватив% відповів% прокоментував% відзначив% констатував% заявляє заявляють каже говорить`},
	{says | tells | inverts, `рассказал* сообщил* сообщал* поведал* заверил* информировал* проинформировал* розповів розповіла розповіли повідомив% розповідає розказав%
		заявив% сказав%`},
	{says | publishes | inverts, `сообщает сообщают пишет пишут написал* передает передают передал* публикует опубликовал* цитирует выяснил* узнал* рассказывает
		повідомляє повідомляють пише пишуть написав% передає передають публікує цитує з'ясував% дізнався дізналася дізналися інформує`},
	{says | inverts, `sagte sagt sagten erklärte erklärt betonte teilte behauptete behauptet warnte bestätigte bestätigt
		déclaré affirmé affirme indiqué indique expliqué explique annoncé estimé estime assuré déclare
		dijo dice afirmó afirma aseguró asegura declaró explicó advirtió añadió señaló sostiene anunció`},
	{says | publishes | inverts, `berichtete berichtet berichten berichteten schreibt meldet meldete rapporte rapporté informó reportó publicó`},
	{passive, `reported quoted cited published released confirmed announced revealed obtained seen reviewed disseminated denounced broadcast carried aired
		interviewed verified`},
	{rumoured, `claimed alleged rumoured rumored speculated reported said`},
	{helper, `has have had also later earlier previously then today yesterday tomorrow again already still now first recently repeatedly separately
		monday tuesday wednesday thursday friday saturday sunday on this last week month year morning afternoon evening night just too even only
		publicly openly reportedly privately once meanwhile however earlier initially originally exclusively
		также тоже ранее позже уже вчера сегодня потом затем ещё только сам сама накануне теперь прямо
		також теж раніше пізніше вже учора вчора сьогодні потім ще тільки напередодні
		понедельник вторник среду четверг пятницу субботу воскресенье понеділок вівторок середу п'ятницю суботу неділю
		hat haben auch habe a ont aussi ha han también`},
	{being, `is are was were be been being am war ist sind waren est sont был была были є був була були`},
	{negative, `not never no didn't doesn't don't hasn't haven't hadn't wasn't isn't won't wouldn't couldn't cannot can't nobody none neither
		nor hardly refused declined без не ни никто нет ні ніхто немає nicht nie kein keine niemand ne pas jamais personne nunca nadie`},
	{unreal, `would could might may must should will shall can to if whether бы чтобы ли если б би щоб чи якщо würde könnte soll wenn ob si pour para`},
	{article, `the this that his her its their our these those der die das dem den des le la les l el los las этот эта этого цей ця це`},
	{indefinite, `a an some one several many another two three various multiple numerous other most un une ein eine einer einem eines una unos unas des
		один одна несколько многие другой іншій деякі кілька один`},
	{preposition, `of in for with from at inside outside near within under into over across about on by against to between among behind
		в во на из с со от у о об при для к по из-за близкий близкие близких близкого близкому знакомый знакомые знакомых в у з із від до про
		von im in aus bei beim zur zum mit vom für de du d à au aux dans sur en del al con sobre chez`},
	{joiner, `and but и а но та і й але und et mais y pero`},
	{ender, `that as when while after before because since although though where which than so or amid despite until unless citing quoting saying
		что как когда поскольку который которая которые которого хотя де що як коли який яка які хоча dass wie wenn que qui comme quand журналистам журналістам журналисту репортерам`},
	{relative, `who кто хто`},
	{pronoun, `he she him он она він вона er sie il elle él ella`},
	{plural | pronoun, `they они вони ils elles`},
	{role, `analyst expert dissident journalist activist scientist scholar investigator researcher historian commentator observer academic professor
		politician source insider official officer whistleblower defector blogger founder author economist strategist
		speechwriter bodyguard widow wife son daughter brother sister mother father pilot mercenary contractor prisoner doctor priest bishop
		oligarch businessman ally rival opponent tycoon billionaire warlord neighbour conscript guard captive survivor
		critic oppositionist campaigner lawyer soldier rebel mutineer conspirator plotter aide adviser advisor diplomat spy agent operative resident
		witness eyewitness manager lawmaker senator deputy mp correspondent reporter editor man woman protester fighter veteran
		~источник ~собеседник ~эксперт ~аналитик ~политолог ~журналист ~чиновник ~офицер ~депутат ~историк ~военкор ~активист ~правозащитник
		~очевидец ~оппозиционер ~дипломат ~экономист ~социолог ~блогер ~адвокат ~исследователь ~обозреватель ~перебежчик ~разведчик ~боец ~солдат ~специалист ~свидетель ~заместитель ~диссидент ~сенатор ~собеседница
		~предприниматель ~бизнесмен ~певец ~певица ~житель ~жительница ~россиянин ~россиянка ~украинец ~украинка ~американец ~американка ~мужчина ~женщина ~раненый ~пострадавший ~врач ~юрист
		~джерело ~співрозмовник ~експерт ~аналітик ~посадовець ~чиновник ~офіцер ~історик ~журналіст ~активіст ~правозахисник ~політолог ~нардеп ~дипломат ~оглядач ~військовослужбовець
		experte expertin analyst journalist politologe politologin sprecher quelle beamter analyste journaliste politologue source
		analista periodista experto fuente activista`},
	{office | role, `president minister spokesman spokeswoman spokesperson chief head leader director governor ambassador premier chairman chairwoman
		commander secretary envoy mayor king prince chancellor boss ruler dictator tsar
		~президент ~министр ~премьер ~глава ~директор ~представитель ~представительница ~пресс-секретарь ~секретарь ~губернатор ~командир ~командующий ~начальник ~лидер ~посол ~спикер ~основатель ~руководитель ~советник
		~міністр ~прем'єр ~голова ~речник ~речниця ~представник ~очільник ~керівник ~радник ~командувач ~засновник ~лідер ~начальник
		präsident präsidentin minister kanzler sprecherin außenminister chef président ministre porte-parole presidente ministro portavoz líder`},
	{title, `mr mrs ms dr sir lord lady gen general col colonel maj major lt lieutenant capt captain sgt sergeant brig brigadier admiral marshal
		prof professor sen rep gov pm ceo cfo sheriff superintendent judge congressman congresswoman cardinal archbishop rabbi executive vice deputy former ex acting senior
		~генерал ~полковник ~майор ~адмирал ~маршал ~капитан ~генерал-майор ~господин ~экс ~капітан ~пан ~адмірал herr frau oberst monsieur mme señor coronel`},
	{group, `officials officers sources analysts experts observers insiders investigators researchers diplomats agents spies aides advisers advisors
		witnesses eyewitnesses residents locals activists dissidents critics journalists lawmakers mps leaders commanders generals soldiers
		rebels mutineers campaigners politicians historians academics scholars commentators economists strategists bloggers veterans
		separatists protesters loyalists insurgents militants monitors migrants doctors medics nurses neighbours conscripts mercenaries prisoners survivors parents relatives priests businessmen oligarchs judges
		figures people ministers spokesmen authorities members allies opponents supporters relatives colleagues residents friends
		~источники ~чиновники ~эксперты ~аналитики ~наблюдатели ~очевидцы ~свидетели ~местные ~жители ~военкоры ~блогеры ~власти ~авторы ~ученые
		~джерела ~експерти ~аналітики ~спостерігачі ~посадовці ~співрозмовники ~очевидці ~мешканці
		experten analysten beobachter quellen beamte behörden insider experts analystes observateurs sources responsables autorités
		expertos analistas fuentes funcionarios autoridades observadores`},
	{body, `ministry department government police army military council committee office service agency administration embassy court parliament
		junta party union alliance kremlin pentagon prosecutors prosecutor command staff forces navy regime intelligence institute centre center
		commission directorate defence opposition foundation movement militia presidency authority university organisation organization headquarters observatory group
		federation association society bureau panel company firm operator regulator watchdog bank coalition
		~министерство ~минобороны ~правительство ~полиция ~армия ~кремль ~мид ~фсб ~разведка ~совет ~комитет ~генпрокуратура ~прокуратура ~штаб ~служба ~генштаб ~администрация ~ведомство ~посольство ~дипмиссия ~суд ~госдепартамент ~минфин
		~міністерство ~міноборони ~уряд ~поліція ~кабмін ~розвідка ~рада ~штаб ~служба ~генштаб ~сбу ~гур ~прокуратура ~офіс ~адміністрація
		ministerium regierung polizei armee kreml militär geheimdienst verteidigungsministerium außenministerium
		gouvernement armée ministère junte police gobierno ejército ministerio policía fiscalía`},
	{medium, `newspaper newspapers magazine daily weekly tabloid broadcaster website site outlet publication channel tv television radio station programme podcast paper portal newsroom wire
		~издание ~газета ~агентство ~телеканал ~журнал ~канал ~радиостанция ~радио ~портал ~сайт ~телеканале ~редакция ~информагентство
		~видання ~агентство ~агенція ~інформагентство ~телеканал ~радіо ~радіостанція ~портал ~сайт ~ефір
		quotidien journal agence chaîne radio hebdomadaire periódico diario agencia cadena`},
	{medium | common, `zeitung tageszeitung magazin sender nachrichtenagentur agentur nachrichtenmagazin`},
	{media, `media outlets press networks agencies ~сми ~медиа ~пресса ~змі ~медіа ~преса medien medienberichte medienberichten médias presse medios prensa`},
	{report, `report reports statement statements letter letters document documents article account accounts memo email emails interview investigation post text transcript story rumors rumours
		~сообщение ~заявление ~информация ~данные ~сведения ~публикация ~расследование ~кадры ~видео ~повідомлення ~заява ~інформація ~дані bericht berichten angaben informationen rapport informe`},
	{particle, `de di do dos das da del della la van von bin al el ben ibn der du da di le ould ag abu abd`},
	{land, `russia ukraine belarus china iran israel turkey germany france britain england poland mali niger sudan myanmar kazakhstan usa america
		рф сша украины россии беларуси великобритании германии україни росії білорусі британії німеччини казахстана грузии`},
	{common, `but in on at as for if we i you it there here what why how when where who and or so yet now then that mr
		january february march april may june july august september october november december
		monday tuesday wednesday thursday friday saturday sunday read more watch exclusive breaking update live opinion analysis
		speaking asked commenting explaining adding according meanwhile instead however still
		all history evidence video videos footage leak leaks we've they've you've i've we'd they'd i'd we'll they'll i'll i'm
		по как об это но однако при после до если между тем так вот уже ранее кроме того а и в на с у за со к о это этом все его её их мы вы я
		за як про це але однак при після до якщо також так ось вже раніше крім того й та і з із зі від у в на що все його її їх ми ви я
		laut nach wie in im am aber und auch doch so es wir ich das die der heute gegenüber unter
		selon dans après mais pour il elle on nous ce cette según en tras pero por con lo`},
}

// pasts are the endings for which "*" and "%" stand.
var pasts = map[byte][]string{'*': {"", "а", "и", "о"}, '%': {"", "ла", "ли", "ло"}}

// exact maps each folded word to its kinds, stemmed each stem; nominatives maps
// the stems of institutions to how people know them. They are never changed.
var exact, stemmed, nominatives = func() (exact, stemmed map[string]kind, nominatives map[string]string) {
	exact, stemmed, nominatives = map[string]kind{}, map[string]kind{}, map[string]string{}
	for _, l := range lexicon {
		for _, w := range strings.Fields(l.words) {
			if w, all := strings.CutPrefix(w, "~"); all {
				stem := outlets.Stem(text.Fold(w))
				stemmed[stem] |= l.kind
				if l.kind == body {
					nominatives[stem] = w
				}
				continue
			}
			for _, form := range forms(w) {
				exact[text.Fold(form)] |= l.kind
			}
		}
	}
	return exact, stemmed, nominatives
}()

// forms returns the forms of a verb of the lexicon.
func forms(w string) []string {
	last := w[len(w)-1]
	endings, found := pasts[last]
	if !found {
		return []string{w}
	}
	base := w[:len(w)-1]
	all := []string{base}
	for _, e := range endings {
		all = append(all, strings.TrimSuffix(base, map[byte]string{'%': "в"}[last])+e)
	}
	return all
}

// kindOf returns what a folded word with the given stem may be.
func kindOf(folded, stem string) kind {
	k := exact[folded]
	if k&ender != 0 {
		return k
	}
	return k | stemmed[stem]
}
