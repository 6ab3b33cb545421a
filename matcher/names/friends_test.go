package names_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/internal/longtest"
	"github.com/coupwatch/coupwatch/matcher/names"
	"github.com/coupwatch/coupwatch/text"
)

// ordinary are words of English and Russian that stand in any news, and that a
// surname or a case of one may be spelled like.
const ordinary = `a an and are as at be been before but by can case come day did do down end even fair far fast few
 field fire first for found free from game get give go good got grand great had hand hard has have he head her here high him his
 hold home hope how if in into is it its just keep key kin king kind land last late law lead left less let like line list live
 long look lost lot love low made main make man many march mark market may me mean men might mine miss more most move much must
 my name near need never new next night no none nor not now of off old on once one only open or order other our out over own page
 part party past path pay peace plan play point poor power press price prince put queen quick rain ran rather read real red rest
 rich right ring rise road rock role root rose round rule run said sale same save say sea second see seem self sell send set she
 ship shop short should show side since sing site six size small so some son soon sort south star start state stay steel step still
 stop storm story strong such sun sure sweet take talk tall task tell ten than that the their them then there they thin thing think
 this those time to today told too top total town trade tree trial true trump try turn two under until up us use very wait walk wall
 want war was watch water way we week well went were west what when where which white who why wild will win wind winter wish with
 wolf woman wood word work world worth would year yes yet you young your
 и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от меня еще нет о из ему
 теперь когда даже ну вдруг ли если уже или ни быть был него до вас нибудь опять уж вам ведь там потом себя ничего ей может они тут
 где есть надо ней для мы тебя их чем была сам чтоб без будто чего раз тоже себе под будет ж тогда кто этот того потому этого какой
 совсем ним здесь этом один почти мой тем чтобы нее сейчас были куда зачем всех никогда можно при наконец два об другой хоть после
 над больше тот через эти нас про всего них какая много разве три эту моя впрочем хорошо свою этой перед иногда лучше чуть том
 нельзя такой им более всегда конечно всю между беседа беседы беседу белый волк мороз медведь мельник король князь граф солдат
 козак коваль майор капитан генерал голова борода рука зима весна лето гора река море лес поле камень песок хлеб соль перец суд
 совет закон власть народ дело слово время рада бой круг путь край конец герой гость друг брат сын отец мать дед баба`

// TestFalseFriends holds that no surname is found on its own in an ordinary
// word, of the list above or in lower case in the news, unless it is marked as
// one that needs something nearby.
func TestFalseFriends(t *testing.T) {
	longtest.Alone(t)
	words := map[string]bool{}
	for word := range strings.FieldsSeq(ordinary) {
		words[word] = true
	}
	if len(words) < 300 {
		t.Fatalf("only %d words", len(words))
	}
	for word := range lowerCase(t, 20_000) {
		words[word] = true
	}
	marked := map[string]bool{}
	people := samples(t)
	for _, native := range []string{"Андрей Белый", "Олег Мороз", "Иван Волк", "Юрий Голова", "Степан Король", "Анна Весна", "Пётр Воин", "Віктор Герой", "Лев Суд"} {
		people = append(people, sample{name: names.Name{Latin: native, Native: native, Kind: "person"}})
	}
	for _, s := range people {
		for _, f := range names.Forms(s.name) {
			if !f.Alone || len(f.Words) != 1 || !words[f.Words[0]] {
				continue
			}
			marked[f.Words[0]] = true
			if !f.Common {
				t.Errorf("%s: %q (%s) is an ordinary word and not marked as common", s.name.Latin, f.Words[0], f.How)
			}
			if !f.Exact {
				t.Errorf("%s: %q (%s) is an ordinary word and wants no capitals", s.name.Latin, f.Words[0], f.How)
			}
		}
	}
	var list []string
	for word := range marked {
		list = append(list, word)
	}
	slices.Sort(list)
	t.Logf("%d words; forms that equal one and are marked: %v", len(words), list)
}

// lowerCase returns the words that the first items of the archive have in
// lower case ten times or more, and mostly.
func lowerCase(t *testing.T, items int) map[string]bool {
	t.Helper()
	file, err := os.Open("../../../shared/data/news-2022-09_2023-04.jsonl.gz")
	if err != nil {
		t.Log("no news archive beside the repository, only the list is tried: ", err)
		return nil
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(unzipped)
	lines.Buffer(nil, 1<<24)
	lower, upper := map[string]int{}, map[string]int{}
	var words text.Text
	for n := 0; lines.Scan() && n < items; n++ {
		var item struct{ Title, Description string }
		if err := json.Unmarshal(lines.Bytes(), &item); err != nil {
			t.Fatal(err)
		}
		words.Set(item.Title+". "+item.Description, "")
		for i := range words.Len() {
			if words.Flags(i)&text.Capital == 0 {
				lower[string(words.Word(i))]++
			} else {
				upper[string(words.Word(i))]++
			}
		}
	}
	out := map[string]bool{}
	for word, n := range lower {
		if n >= 10 && n > upper[word] {
			out[word] = true
		}
	}
	if len(out) < 3000 {
		t.Fatalf("only %d words in lower case", len(out))
	}
	return out
}
