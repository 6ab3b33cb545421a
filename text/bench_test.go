package text_test

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/inflect"
)

const (
	englishNews = `Soldiers loyal to the head of the presidential guard surrounded the palace before dawn on Tuesday, and state television went off the air for several hours. A spokesman for the army's general staff said that order had been restored, but residents of the capital reported gunfire near the barracks and columns of armoured vehicles on the road to the airport. "We do not know who is in charge," one diplomat said. Gen. John Smith, 54, who was dismissed last month, has not been seen since. The U.S. embassy told its staff to stay at home. `
	russianNews = `Военные, верные начальнику президентской гвардии, на рассвете во вторник окружили дворец, а государственное телевидение на несколько часов прекратило вещание. Представитель генерального штаба заявил, что порядок восстановлен, однако жители столицы сообщают о стрельбе возле казарм и о колоннах бронетехники на дороге в аэропорт. «Мы не знаем, кто у власти», — сказал один из дипломатов. Генерала, уволенного в прошлом месяце, с тех пор никто не видел. `
	mixedNews   = `The president’s “inner circle” — generals, ministers and the head of the security service — met in the Élysée, a person familiar with the talks said. Le général a été arrêté à l’aube; Генерал арестован. It’s not clear whether Andrés Núñez’s troops took part in the coup d’état… `
)

func benchmarkSet(b *testing.B, s, lang string) {
	var t text.Text
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		t.Set(s, lang)
	}
}

func BenchmarkSet(b *testing.B) {
	for _, bb := range []struct{ name, text, lang string }{
		{"English", strings.Repeat(englishNews, 4), "en"},
		{"EnglishDetected", strings.Repeat(englishNews, 4), ""},
		{"EnglishTitle", englishNews[:90], "en"},
		{"EnglishLines", strings.Repeat(englishNews+"\n\n", 4), "en"},
		{"Russian", strings.Repeat(russianNews, 4), "ru"},
		{"RussianDetected", strings.Repeat(russianNews, 4), ""},
		{"Mixed", strings.Repeat(mixedNews, 4), "en"},
		{"Entities", strings.Repeat(strings.ReplaceAll(englishNews, `"`, "&quot;"), 4), "en"},
		{"Chinese", strings.Repeat("军方宣布接管政权，总统被软禁。", 40), "zh"},
	} {
		b.Run(bb.name, func(b *testing.B) { benchmarkSet(b, bb.text, bb.lang) })
	}
}

func BenchmarkStem(b *testing.B) {
	for _, bb := range []struct{ lang, word string }{
		{"en", "dismissing"}, {"ru", "арестованного"}, {"uk", "заарештованого"}, {"es", "destituciones"},
	} {
		b.Run(bb.lang, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				inflect.Stem(bb.lang, bb.word)
			}
		})
	}
}

func BenchmarkPlain(b *testing.B) {
	page := strings.Repeat("<p>"+strings.ReplaceAll(englishNews, `"`, "&quot;")+` <a href="https://example.org/?a=1&amp;b=2">More</a></p>`+"\n", 8)
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		text.Plain(page)
	}
}
