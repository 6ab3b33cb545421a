package watcher_test

import (
	"fmt"
	"testing"

	"golang.org/x/net/html/charset"

	"github.com/coupwatch/coupwatch/watcher"
)

// TestCharsets reads documents in the charsets of many languages, whatever the
// labels say, as long as the feed says its language.
func TestCharsets(t *testing.T) {
	words := []struct{ language, charset, title string }{
		{"ru", "windows-1251", "Гвардия взяла почту и мост, сообщил комендант города"},
		{"ru", "windows-1251", "ГВАРДИЯ ВЗЯЛА ПОЧТУ И МОСТ"},
		{"ru", "koi8-r", "Гвардия взяла почту и мост, сообщил комендант города"},
		{"ru", "ibm866", "Гвардия взяла почту и мост, сообщил комендант города"},
		{"ru", "iso-8859-5", "Гвардия взяла почту и мост, сообщил комендант города"},
		{"uk", "windows-1251", "Гвардія взяла пошту й міст, повідомив комендант"},
		{"uk", "koi8-u", "Гвардія взяла пошту й міст, її очолив полковник"},
		{"bg", "windows-1251", "Гвардията превзе пощата и моста"},
		{"ar", "windows-1256", "الحرس يستولي على البريد والجسر في المدينة"},
		{"ar", "iso-8859-6", "الحرس يستولي على البريد والجسر في المدينة"},
		{"he", "windows-1255", "המשמר תפס את הדואר ואת הגשר"},
		{"el", "windows-1253", "Η φρουρά κατέλαβε το ταχυδρομείο και τη γέφυρα"},
		{"el", "iso-8859-7", "Η φρουρά κατέλαβε το ταχυδρομείο"},
		{"th", "windows-874", "ทหารยึดที่ทำการไปรษณีย์และสะพาน"},
		{"zh", "gb18030", "卫队占领了邮局和大桥，市长在家"},
		{"zh", "big5", "衛隊佔領了郵局和大橋，市長在家"},
		{"ja", "shift_jis", "衛兵が郵便局と橋を占拠した"},
		{"ja", "euc-jp", "衛兵が郵便局と橋を占拠した"},
		{"ko", "euc-kr", "경비대가 우체국과 다리를 점령했다"},
		{"tr", "windows-1254", "Muhafızlar postaneyi ve köprüyü ele geçirdi, şehir sessiz"},
		{"pl", "iso-8859-2", "Straż zajęła pocztę i most, żołnierze milczą"},
		{"pl", "windows-1250", "Straż zajęła pocztę i most, żołnierze milczą"},
		{"cs", "windows-1250", "Stráž obsadila poštu a most, říká velitel"},
		{"hu", "iso-8859-2", "Az őrség elfoglalta a postát és a hidat"},
		{"ro", "windows-1250", "Garda a ocupat poşta şi podul din oraş"},
		{"lv", "windows-1257", "Sardze ieņēma pastu un tiltu, ziņo komandieris"},
		{"fr", "windows-1252", "La garde s’empare de la poste et du pont, le maire se tait à l’hôtel"},
	}
	labels := []struct{ header, declared string }{
		{"text/xml", ""},
		{"text/xml; charset=ISO-8859-1", ""},
		{"text/xml; charset=us-ascii", ""},
		{"text/xml; charset=utf-8", "utf-8"},
		{"text/xml; charset=ISO-8859-1", "right"},
		{"text/xml; charset=right", "iso-8859-1"},
		{"text/xml; charset=right", "right"},
	}
	for _, w := range words {
		enc, _ := charset.Lookup(w.charset)
		for _, l := range labels {
			declaration := ""
			if l.declared != "" {
				declaration = fmt.Sprintf(` encoding="%s"`, right(l.declared, w.charset))
			}
			doc := `<?xml version="1.0"` + declaration + `?><rss version="2.0"><channel><title>n</title><language>` + w.language +
				`</language><item><title>` + w.title + `</title><link>https://e.org/1</link></item></channel></rss>`
			data, err := enc.NewEncoder().Bytes([]byte(doc))
			if err != nil {
				t.Fatalf("%s cannot be written in %s: %v", w.title, w.charset, err)
			}
			d, err := watcher.Read(data, right(l.header, w.charset), "https://e.org/feed")
			if err != nil || len(d.Items) != 1 || d.Items[0].Title != w.title {
				t.Errorf("%s in %s, header %q, declared %q: %+v, %v", w.language, w.charset, l.header, l.declared, d.Items, err)
			}
		}
	}
}

// right replaces the word "right" by the true charset.
func right(label, charset string) string {
	if len(label) >= 5 && label[len(label)-5:] == "right" {
		return label[:len(label)-5] + charset
	}
	return label
}
