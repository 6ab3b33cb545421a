package ladder_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/ladder"
)

// A speaker is shown as one calls him: in the nominative, whole, and without
// the preposition that stands before him.
func TestSpeakerIsCalledByName(t *testing.T) {
	rules := shippedRules(t)
	tests := []struct{ language, title, summary, want string }{
		{"ru", "Президент Того уволил начальника охраны после мятежа", "Указ опубликован на сайте президента Того.", "Президент Того"},
		{"ru", "Генерал Азарь уволен после мятежа", "Указ опубликован на сайте президента Кастонии.", "президент Кастонии"},
		{"ru", "Указ о роспуске мятежной бригады размещён на сайте министерства обороны Того", "", "министерство обороны Того"},
		{"ru", "В Генеральном штабе Чада опровергли слухи о мятеже", "", "Генеральный штаб Чада"},
		{"ru", "В оборонном ведомстве Чада сообщили о подавлении мятежа", "", "оборонное ведомство Чада"},
		{"ru", "Мятеж в Чаде подавлен, сообщили в национальной гвардии", "", "национальная гвардия"},
		{"ru", "По словам министра обороны Того Ивана Хабаре, мятеж подавлен", "", "министр обороны Того"},
		{"ru", "В Акорде назвали выдумкой сообщения о заговоре", "", "Акорда"},
		{"uk", "У командуванні Сухопутних військ заперечили бунт у бригаді", "", "командування Сухопутних військ"},
		{"uk", "Наказ про розформування збунтованого полку оприлюднено на сайті міністерства оборони Того", "", "міністерство оборони Того"},
		{"fr", "Le ministre malien de la Sécurité intérieure annonce l'échec du putsch au Mali", "", "ministre malien de la Sécurité intérieure"},
		{"es", "El ministro boliviano de Defensa confirma un motín", "", "ministro boliviano de Defensa"},
		{"en", "Coup foiled, Chad's information minister announces", "", "Chad's information minister"},
		{"en", "U.K. says it closes its embassy in Chad after coup", "", "U.K."},
		{"en", "Plot to abduct defence minister of Chad revealed, says army", "", "army"},
		{"en", "Plan to abduct defence minister of Chad revealed after coup attempt", "", ""},
		{"de", "Im Verteidigungsministerium von Mali bestätigt man die Meuterei", "", "Verteidigungsministerium von Mali"},
	}
	for _, tt := range tests {
		r, _ := rules.Match(news.Item{ID: "x", Title: tt.title, Summary: tt.summary, Language: tt.language})
		if got := ladder.Read(r); got.Speaker != tt.want {
			t.Errorf("%s: %q, by %q, want %q", tt.title, got.Status, got.Speaker, tt.want)
		}
	}
}
