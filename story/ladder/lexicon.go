package ladder

import (
	"strings"
	"unicode/utf8"
)

// A class is what a word is to how firmly something is told, as a set.
type class uint32

const (
	hedge    class = 1 << iota // nobody stands for it: "reportedly"
	unnamed                    // nobody with a name: "sources"
	media                      // a report, or those who make reports: "media", "report"
	via                        // from whom one has it: "according to", "per"
	says                       // somebody says so
	states                     // an office says so: plain words of saying
	accuses                    // somebody says so of another
	modal                      // it may be
	person                     // somebody who stands for what they say: "exile"
	past                       // no longer in office: "former"
	clause                     // begins another clause: "who", "for"
	outside                    // not of the country: "Western"
	man                        // after a body it is one of its men or things: "officer"
	dated                      // before a month: "in", "until"
	being                      // "is", "been"
	body                       // an office that can speak for a state, an army or a court
	head                       // a person who can
	declares                   // an office does what only it can do, by saying so
	denies                     // says that it is not so
	rejects                    // turns away; denies if what is turned away is talk
	withheld                   // what is denied to somebody, as in "denied asylum"
	talk                       // what is said: "rumours", "claims"
	never                      // "not"
	none                       // "no"
	despite                    // what follows is the other side
	fails                      // does not do it, as in "failed to deny"
	happened                   // "there was"
)

// A lexicon knows the classes of words and of phrases.
type lexicon struct {
	entries           map[string][]entry // by the first word, whole or a stem
	shortest, longest int                // of the stems, in bytes
}

// An entry is what a word or a phrase begins with, after its first word.
type entry struct {
	rest []string // the other words; one that ends in "*" is a stem
	stem bool     // the first word is a stem
	is   class
}

// newLexicon reads lists of phrases, which commas part; a word that ends in
// "*" stands for all that begin with it.
func newLexicon(lists map[class]string) *lexicon {
	l := &lexicon{entries: map[string][]entry{}, shortest: 1 << 10}
	for is, list := range lists {
		for phrase := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == '\n' }) {
			words := strings.Fields(phrase)
			if len(words) == 0 {
				continue
			}
			first, stem := strings.CutSuffix(words[0], "*")
			if stem {
				l.shortest, l.longest = min(l.shortest, len(first)), max(l.longest, len(first))
			}
			l.entries[first] = append(l.entries[first], entry{words[1:], stem, is})
		}
	}
	return l
}

// tag marks the classes of words. That of a phrase is its first word's.
func (l *lexicon) tag(words []word) {
	for i := range words {
		first := words[i].text
		for n := l.shortest; n <= min(l.longest, len(first)); n++ {
			if n < len(first) && !utf8.RuneStart(first[n]) {
				continue
			}
			words[i].is |= l.find(first[:n], true, words[i+1:])
		}
		words[i].is |= l.find(first, false, words[i+1:])
	}
}

// find returns the classes of the phrases that begin with first, a stem or a
// whole word, and go on as rest does.
func (l *lexicon) find(first string, stem bool, rest []word) (is class) {
	for _, e := range l.entries[first] {
		if e.stem == stem && begins(rest, e.rest) {
			is |= e.is
		}
	}
	return is
}

// begins reports whether words begin with phrase.
func begins(words []word, phrase []string) bool {
	if len(phrase) > len(words) {
		return false
	}
	for i, p := range phrase {
		stem, cut := strings.CutSuffix(p, "*")
		if words[i].text != p && (!cut || !strings.HasPrefix(words[i].text, stem)) {
			return false
		}
	}
	return true
}

// shipped is the lexicon. It is never changed.
var shipped = newLexicon(map[class]string{
	hedge: `rumour*, rumor*, reportedly, unconfirmed, unverified, speculation, speculates, speculate, purported*, supposedly, unsubstantiated
		gossip, whisper*, hearsay, fears of, kindling fears, fears grow
		not immediately clear, not clear if, unclear if, unclear whether, could not be verified, not been verified
		could not independently, mystery, whereabouts unknown
		слух*, якобы, предположительно, неподтвержд*, непровер*, поговарива*, по слухам, не подтвержд*, сплетн*, вероятно
		чутк*, чуток, нібито, ймовірно, імовірно, непідтвердж*, пліт*, подейку*, начебто
		gerucht*, angeblich, mutmasslich, unbestatigt*, spekulation*, soll angeblich, rumeur*, pretendument, selon des rumeurs, speculations
		rumor*, supuesta*, supuesto*, presunt*, al parecer, especulacion*, se rumorea`,
	unnamed: `sources, source, insider, insiders, anonymous, anonymously, unnamed, unidentified, undisclosed, people familiar, person familiar, persons familiar, people briefed, tipster*
		источник*, инсайд*, анонимн*, неназванн*, джерел*, інсайд*, анонімн*, неназван*
		quellen, quelle, insider*, anonym*, source anonyme, sources anonymes, fuentes, fuente`,
	media: `media, reports, report, press, outlets, tabloid*, newspaper*, documents allege, leaked, telegram channel*
		сми, пресса, прессы, прессе, телеграм каналы, телеграм каналов, змі, преса, пресі, преси, телеграм канали, телеграм каналів
		medienbericht*, medien, berichten zufolge, presse, medias, la prensa, medios, informes`,
	via: `according to, per report, per reports, per sources, per media, citing, cites, cited by, as quoted by, quoted by, quoting, in an interview
		со ссылкой, по данным, по словам, по сведениям, по информации, по сообщениям, по мнению, как передает, как пишет, з посиланням, за даними, за словами, за інформацією, на думку, за повідомленнями, як пише
		laut, zufolge, nach angaben, selon, d apres, segun, de acuerdo con`,
	says: `say, says, said, tell, tells, told, claim, claims, claimed, warn, warns, warned, warning, predicts, predict, predicted, believe, believes, believed, thinks
		reveals, reveal, revealed, describes, described, describe, recounts, recalls, recounted, alleges, allege, alleged that, asserts, asserted, insists, insisted, argues, argued, admits, admitted, admit
		explains, explained, tells of, comments, commented, comment, speaks, spoke, he suspects, she suspects, suspected that, suggests, suggested, adds, added, notes, noted, testif*, testimony, writes, wrote, sheds light
		according to, in an interview, interview, quoted as, blames, estimates, fears that, outlines, outlined, informs, acknowledges, acknowledged, stated, notified
		заяв*, сообщ*, рассказ*, расказ*, утвержда*, считает, считают, предупред*, предупрежд*, говорит, говорят, полагает, сказал*, признал*, пояснил*, объяснил*, написал*, пишет, уверен, убежден*, предсказ*, прогнозир*, раскрыл*, призна*, по словам, по мнению, по данным, интервью
		заявл*, повідом*, розпов*, стверджу*, вважає, вважають, попередж*, попереди*, говорить, кажуть, каже, сказав, сказала, визнав*, пояснив*, написав*, пише, переконан*, передбач*, прогнозу*, розкри*, за словами, на думку, за даними, інтерв*
		sagt, sagte, sagen, erklart, erklarte, warnt, warnte, behauptet, behauptete, laut, zufolge, berichtet, glaubt, meint
		affirme, affirment, affirmait, dit, declare, avertit, selon, raconte, assure, estime, accuse
		dice, dijo, afirma, afirmo, asegura, aseguro, advierte, advirtio, segun, cuenta, denuncia`,
	accuses: `accuse, accuses, accusing, blame, blames, blamed, alleges, allege, accused by
		обвинил*, обвиняет, обвиняют, обвинив, звинуватив, звинуватил*, звинувачує, звинувачують, подозревает, подозревают, підозрює, підозрюють, beschuldigt*, wirft, accuse, accusent, acusa, acuso`,
	modal: `may, might, could, perhaps, likely, risk of, risks, threat of, looming, brewing, imminent
		может, могут, возможн*, вероятно, вероятен, вероятна, вероятны, возможен, назревает, готовится, угроза, опасен*, може, можуть, можлив*, назріває, загроза
		konnte, konnten, moglich*, droht, pourrait, pourraient, risque, podria, podrian, posible, riesgo`,
	states: `announces, announced, confirms, confirmed, say, says, said, tell, tells, told, informs, informed, reported, according to, stated, acknowledges, acknowledged, reveals, revealed
		заяв*, сообщ*, по данным, по словам, рассказ*, признал*, заявил*, заявля*, повідом*, за даними, за словами, розпов*, визна*
		sagt, sagte, teilt, teilte, erklart, erklarte, laut, zufolge, nach angaben, dit, affirme, affirment, selon, declare, indique, dice, dijo, informo, informa, asegura, segun`,
	past: `former, ex, ousted, deposed, jailed, exiled, late, retired, бывш*, экс, свергнут*, колишн*, скинут*, повален*, екс, ehemalig*, fruher*, gesturzt*, ancien*, dechu, exil*, expresident*, derrocad*`,
	person: `exile*, expert*, analyst*, dissident*, defector*, deserter*, envoy, diplomat*, aide, adviser, advisor, ally, chief, boss, lawmaker*, senator, activist*, opposition, historian*, journalist*, scientist*, lawyer*, speechwriter
		эксперт*, аналитик*, диссидент*, перебежчик*, дипломат*, советник*, депутат*, активист*, оппозиц*, журналист*, политолог*, історик*, экс*
		експерт*, аналітик*, дисидент*, перебіжчик*, радник*, опозиц*, журналіст*, політолог*, депутат*, активіст*
		experte*, exilant*, diplomat*, exile*, experto*, exiliado*, diplomatico*`,
	outside: `western, foreign, allied, european, intelligence officials, security officials, local officials, regional officials, former officials, some officials, administration officials, two officials, three officials, several officials, senior officials, nato, западн*, иностранн*, європейськ*, західн*, іноземн*`,
	man: `officer*, insider*, expert*, analyst*, base*, unit*, vehicle*, convoy*, source*, blogger*, camp*, aircraft, plane*, observer*, historian*, veteran*, recruit*, doctor*, budget, buildings, building
		эксперт*, аналитик*, офицер*, источник*, експерт*, офіцер*, джерел*`,
	dated:  `in, for, of, until, by, since, last, next, this, late, early, mid, on`,
	being:  `be, is, are, was, were, been, being`,
	clause: `who, what, they, he, she, whom, which, whose, for, after, as, because, while, when, where, if, against, by, over, before, during, что, который, которая, которые, после, против, за, из, от, щоб, який, яка, які, після, проти, від`,
	body: `government, ministry, junta, army, military, armed forces, parliament, kremlin, presidency, presidential office, authorities, officials, court, courts, prosecutor, prosecutors, police, general staff
		cabinet, security council, national guard, security service*, intelligence service*, intelligence agency, разведка, разведки, розвідка, розвідки, state tv, state television, state media, state broadcaster, ruling council, military council, embassy, interior minist*, defence minist*, defens* minist*
		foreign minist*, justice minist*, judge, judges, investigators, attorney general, tribunal, putschists, coup leaders, mutinous soldiers, coup leader, fsb, sbu, white house, gendarmerie
		правительств*, министерств*, минобороны, мид, мвд, фсб, сбу, фсо, гру, снбо, хунт*, армия, армии, армией, военные, вооруженные силы, генштаб*, кремль, кремле, кремля, власти, властях, властей, госсовет*, совбез*, прокуратур*, суд, судья, следственный комитет, следстви*, полиция, парламент, администраци*, служба безопасности, пресс служба, комитет госбезопасности, кгб, росгвард*, спецслужб*, путчисты, мятежники, гостелевидени*
		уряд, уряді, уряду, міністерств*, міноборони, мзс, мвс, хунта, хунти, хунті, армія, армії, військові, збройні сили, генштаб*, влада, влади, владі, рада безпеки, рнбо, прокуратур*, суд, суддя, поліці*, парламент*, офіс президента, опу, служба безпеки, пресслужба, спецслужб*, путчисти, заколотники, гур, держтелебачення
		regierung, ministerium, armee, militar, streitkrafte, behorden, staatsanwaltschaft, bundesanwaltschaft, gericht, polizei, prasidialamt
		gouvernement, ministere, armee, junte, autorites, parquet, tribunal, presidence, gobierno, ministerio, ejercito, junta militar, autoridades, fiscalia, tribunal, presidencia`,
	head: `president, prime minister, premier, minister, spokesman, spokesperson, spokeswoman, king, chief of staff, commander, general, colonel, captain, soldiers, officers, mayor
		президент*, премьер*, министр*, песков, представител*, генерал*, полковник*, командующ*, офицер*, солдат*, прем єр*, прем'єр*, міністр*, речник*, речниц*, командувач*, офіцер*
		prasident*, kanzler, sprecher*, general, premier ministre, porte parole, colonel, presidente, portavoz, general`,
	declares: `announce, announces, announced, announcing, declare, declares, declared, decree, decrees, decreed, proclaim*, confirmed, confirms, confirm
		dissolve, dissolves, dissolved, charges, charged, indicts, indicted, orders, ordered, ruled, rules, sentenced, sentences, issued a, foils, foiled, thwarted, imposes, imposed, convicts, convicted, bans, banned, request, requests, requested, extends, extended, acknowledges, acknowledged, says it has, name new, names new, named new, appoints
		объяв*, указ, указом, указа, постанов*, подтверд*, ввел, ввела, ввело, приговор*, предъяв*, возбуд*, предотврат*, пресек*, сорвал*, приказал*, распустил*, задержал*, зачитал*, провозглас*, признал*
		оголо*, указом, підтверд*, запровад*, засуд*, висунул*, порушил*, запобіг*, зірвал*, викрил*, затримал*, проголо*, розпуст*, наказал*, наказав, визнал*
		verkundet*, erklart*, bestatigt*, verhangt*, vereitelt*, klagt, verurteilt*, annonce*, proclame*, confirme*, decrete*, dejoue*, anuncio, anuncia, declara, declaro, confirma, confirmo, decreta, decreto, frustro`,
	denies: `deny, denies, denied, denying, denial, denials, refute, refutes, refuted, refuting, debunk*, baseless, unfounded, groundless, fabricat*, hoax, fake news, quash, quashes, quashing, quashed, squash*, scotch, scotches, scotched, disinformation, no evidence, no truth, nothing but rumours, rubbish*, false rumours, untrue, not true, ruled out, rules out, rule out, fact check
		опроверг*, опроверж*, опровергл*, отрица*, отверг*, отверга*, опровер*, фейк, фейком, фейками, фейковым*, фейковая, фейковое, не соответствует действительности, не соответствуют действительности, беспочвенн*, выдумк*, выдумал*, вымыс*, ложь, ложные, нет доказательств, исключил*, неправда, вброс*
		спростов*, спросту*, заперечу*, заперечил*, заперечив*, відкин*, відкида*, фейк, фейком, фейками, фейковим*, фейкова, не відповідає дійсності, не відповідають дійсності, безпідставн*, вигадк*, вигада*, брехн*, неправда, виключив, виключили, вкид*
		dementier*, bestreite*, dementi*, weist zuruck, haltlos, dement*, nie, nient, infond*, desmiente*, desmint*, niega*, nego, descarta*, infundad*`,
	rejects: `dismiss, dismisses, dismissed, dismissing, reject, rejects, rejected, rejecting, brushes, brushed, brush, laughs, laughed, mocks, mocked, plays down, played down, downplays, downplayed, shrugs
		назвал*, назвав, назвали, weist, weisen, wies, rejette*, qualifie*, rechaza*, rechazo, calific*`,
	withheld: `asylum, entry, bail, access, visa, appeal, appeals, permission, treatment, burial, request, requests, plea, parole, release, wrongdoing, guilt, involvement, role, knowing, participating, recognition, lawyer
		убежищ*, въезд*, виз*, ходатайств*, доступ*, вину, вины, причастност*, участи*, притулк*, в'їзд*, віз*, клопотан*, провин*, причетн*, участ*`,
	talk: `rumour*, rumor*, report, reports, claims, claim, allegation*, accusation*, speculation, suggestion*, talk, story, stories, information, assertion*, fears, notion
		слух*, сообщени*, обвинени*, информаци*, утверждени*, заявлени*, чутк*, чуток, повідомленн*, звинувачен*, інформаці*, твердженн*, заяви, заяву
		gerucht*, bericht*, vorwurf*, vorwurfe, rumeur*, accusation*, informations, allegations, rumor*, acusacion*, informaci*`,
	none:    `no, нет, никакого, никаких, никакой, немає, нема, жодного, жодних, жодної, ніякого, ніяких, kein, keine, keinen, aucun, aucune, ningun, ninguna`,
	despite: `despite, amid, несмотря, вопреки, попри, всупереч, trotz, malgre, pese`,
	never: `no, not, never, none, nobody, don't, doesn't, didn't, wasn't, isn't, hasn't, haven't, without, neither, nor
		не, нет, никакого, никаких, никакой, ни, никто, немає, нема, жодного, жодних, жодної, ніякого, ніяких, ні, ніхто
		kein, keine, keinen, nicht, pas, aucun, aucune, ningun, ninguna`,
	fails:    `fail, fails, failed, refuse, refuses, refused, decline, declines, declined, stop short, stopped short, cast doubt, casts doubt, casting doubt, отказ*, відмов*, weigert*, refuse*, rehus*`,
	happened: `there was, there is, there were, there has, there had, there are, this was, this is, it was, it is, was, is, были, было, был, нет, не было, не готов*, немає, не було, не готу*, es gibt, es gab, il n y, n est, no hay, no hubo`,
})
