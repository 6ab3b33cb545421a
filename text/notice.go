package text

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// A notice is a way in which pages address their readers.
type notice uint8

const (
	noNotice notice = iota
	opening         // whatever begins with it is for the page
	label           // only with a colon, a dash or nothing after it
	lone            // only if there is nothing after it
	heading         // as lone, and what follows is other reports
	appeal          // as opening, and the sentences around it too
)

// notices lists, for each kind, how notices begin, folded.
var notices = map[notice]string{
	opening: `
read also; also read; read the original; read the full; read our; read next; read more on; read more about; read more here
read more at; read more from; read more stories; share this; share on; share via; subscribe to our; subscribe now; subscribe for
subscribe here; follow us; sign up for; sign up to; sign up here; sign up now; listen to this; loading audio; leave a review
leave a comment; leave a reply; click here; download our; join our; join us on; get our; get the latest; all rights reserved
something went wrong; please try again later; story continues; skip advertisement; this story was originally; originally published
continue reading; reporting by; additional reporting by; editing by; writing by; compiled by; with inputs from; with files from
our standards; the post appeared first on; have a tip; photo by; image by; photograph by; picture by; file photo; want to receive
читайте также; читать далее; читать дальше; подписывайтесь на; подпишитесь на; смотрите также; следите за нашими; следите за нами
настоящий материал; данное сообщение; присоединяйтесь к; скачайте наше; поделитесь; оставить комментарий
читайте також; читати далі; підписуйтесь на; підписуйтеся на; підпишіться на; дивіться також; стежте за нами; долучайтесь до; долучайтеся до
чытайце таксама; падпісвайцеся на
lesen sie auch; abonnieren sie; folgen sie uns; mehr lesen; lire aussi; a lire aussi; lisez aussi; abonnez vous; suivez nous; inscrivez vous
lea tambien; lee tambien; lea mas; siguenos; siganos; suscribete; suscribase; leggi anche; iscriviti; seguici; leia tambem; leia mais; siga nos
inscreva se; lees ook; volg ons; czytaj takze; czytaj tez; zobacz tez; zobacz takze; las ocksa; les ogsa; laes ogsa; ayrica okuyun`,
	label: `
read more; see also; subscribe; sign up; source; sources; via; photo; photos; image; images; picture; pictures; credit
photo credit; photography; share; related; copyright; caption; tags; topics; filed under; contact; email; follow; editor note; author
подробнее; источник; источники; фото; автор; текст; теги; по теме; иллюстрация; ссылка; подписывайтесь; подпишитесь; реклама; материалы по теме
детальніше; джерело; джерела; ілюстрація; теги; підписуйтесь; підписуйтеся; за темою; теми; крыніца
foto; fotos; quelle; quellen; mehr; bild; credit photo; credits; fuente; fonte; imagen; immagine; bron; zdjecie; zrodlo; kilde; kalla; kaynak; fotograf`,
	lone: `
oops; advertisement; sponsored; comments; all comments; no comments; share this article; share; print; menu; loading; image; getty images; reuters; afp; ap
newsletter; newsletters; most popular; log in; sign in; register; back to top; show more; view comments
видео; відео; реклама; комментарии; поделиться; нет комментариев; рассылка; наверх; поширити; поділитися; коментарі; розсилка; anzeige; werbung; publicite; partager; compartir
publicidad; condividi; pubblicita; compartilhe; publicidade; advertentie; reklama`,
	heading: `
related stories; related articles; related news; related content; related topics; related posts; related coverage; related; more on this story; more on this topic
more stories; more news; more from; more to explore; read next; read also; read more; you may also like; you might also like; you may be interested; recommended
recommended stories; recommended for you; most read; top stories; latest news; latest stories; trending; trending now; popular; also on; also read; see also; up next; what to read next
читайте также; новости по теме; материалы по теме; по теме; на эту тему; еще по теме; смотрите также; похожие новости; другие новости; последние новости; главные новости; популярное
читайте також; схожі новини; новини за темою; за темою; дивіться також; інші новини; останні новини; популярне; чытайце таксама; навіны па тэме
lesen sie auch; mehr zum thema; auch interessant; das konnte sie auch interessieren; lire aussi; a lire aussi; sur le meme sujet; lea tambien; te puede interesar; le puede interesar; noticias relacionadas
leggi anche; articoli correlati; leia tambem; leia mais; noticias relacionadas; lees ook; meer nieuws; czytaj takze; zobacz tez; ilgili haberler`,
	appeal: `
support us; support our; support independent; donate to; donate now; become a patron; become a member; become a subscriber; help us keep
поддержите нас; поддержать нас; поддержите редакцию; поддержите нашу; підтримайте нас; підтримати нас; підтримайте редакцію; стать патроном; стати патроном
unterstutzen sie uns; soutenez nous; apoyanos; sostienici; apoie nos`,
}

// A beginning is the words with which a notice begins.
type beginning struct {
	words []string
	kind  notice
}

// beginnings holds all notices by their first word. It is never changed.
var beginnings = func() map[string][]beginning {
	by := map[string][]beginning{}
	for kind := opening; kind <= appeal; kind++ {
		for _, phrase := range strings.FieldsFunc(notices[kind], func(r rune) bool { return r == ';' || r == '\n' }) {
			if words := strings.Fields(phrase); len(words) > 0 {
				by[words[0]] = append(by[words[0]], beginning{words, kind})
			}
		}
	}
	return by
}()

// notice returns the notice that r is, a line or a sentence.
func (t *Text) notice(r row) notice {
	kind, words := t.noticeAt(r.from, r)
	switch kind {
	case label:
		const longest = 30
		if r.words() > longest {
			return noNotice
		}
	case opening:
		if words == 0 {
			return noNotice
		}
	}
	return kind
}

// noticeAt returns the notice that begins at word i of r, and how many words
// it takes.
func (t *Text) noticeAt(i int, r row) (kind notice, words int) {
	for _, b := range beginnings[string(t.Word(i))] {
		if !t.isPhrase(i, r.to, b.words) {
			continue
		}
		after := bytes.TrimSpace(t.clean[t.words[i+len(b.words)-1].end:r.end])
		end := i+len(b.words) == r.to
		switch {
		case b.kind == opening, b.kind == appeal, b.kind == label && (end && t.lines || isLabelled(after)), b.kind >= lone && end:
			if b.kind > kind {
				kind, words = b.kind, len(b.words)
			}
		}
	}
	if kind == noNotice && t.isPhrase(i, r.to, []string{"the", "post"}) {
		for j := i + 2; j+2 < r.to; j++ {
			if t.isPhrase(j, r.to, []string{"appeared", "first", "on"}) {
				return opening, r.words()
			}
		}
	}
	return kind, words
}

// isPhrase reports whether the words from i on, before to, are these.
func (t *Text) isPhrase(i, to int, words []string) bool {
	if i+len(words) > to {
		return false
	}
	for k, w := range words {
		if string(t.Word(i+k)) != w {
			return false
		}
	}
	return true
}

// isLabelled reports whether what follows a word makes it a label.
func isLabelled(after []byte) bool {
	r, _ := utf8.DecodeRune(after)
	switch r {
	case ':', '：', '…', '»', '>', '→', '/', '|':
		return true
	}
	return bytes.HasPrefix(after, []byte("..."))
}

func isMonth(word string) bool {
	switch word {
	case "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
		"november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
		"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
		"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада", "грудня":
		return true
	}
	return false
}

// isDateWord reports whether a word may stand beside a date that stands alone.
func isDateWord(word string) bool {
	switch word {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"mon", "tue", "wed", "thu", "fri", "sat", "sun", "am", "pm", "gmt", "utc", "bst", "est", "edt", "et", "cet",
		"change", "changed", "updated", "update", "published", "modified", "posted", "last", "first", "at", "on", "of", "the",
		"min", "mins", "minutes", "read", "в", "г", "года", "о", "року", "обновлено", "опубликовано", "оновлено", "опубліковано":
		return true
	}
	return false
}
