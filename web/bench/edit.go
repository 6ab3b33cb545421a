package bench

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/web/gate"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// spans are over how many days an edit can be tried.
var spans = []int{1, 3, 7, 14, 30}

// usual is the span that is tried if none is chosen.
const usual = 7

// A form is what an analyst works with.
type form struct {
	Ref    string // of the entry that is edited
	Stamp  string // of its file, when it was opened
	Text   string // that is to stand in its place
	Sample string // a text to look at: its first line is the title
	Link   string // of a page to read as the sample
	Days   int    // over which the archive is asked
}

// A benchView is the workbench.
type benchView struct {
	sheet.Frame
	form
	Kind, Place string
	Rows        int // lines that the text is shown on
	Spans       []int
	MaySave     bool
	MayFetch    bool
	Said        *said
	Trial       *trialView
}

// view returns the workbench with a form about an entry.
func (b *Room) view(r *http.Request, f form, e matcher.Entry) benchView {
	v := benchView{Frame: b.frame(r, "Workbench", "/rules"), form: f, Place: b.place(e), Kind: kinds[e.Section], Spans: spans, MaySave: b.o.Save, MayFetch: b.o.Fetch != nil}
	if e.Name != "" {
		v.Title = "Workbench: " + e.Ref()
	}
	v.Rows = min(30, max(10, strings.Count(f.Text, "\n")+2))
	v.Scripts = []string{"bench.js"}
	return v
}

// open answers with the workbench for the entry that is asked for, or with none.
func (b *Room) open(w http.ResponseWriter, r *http.Request) {
	s, err := b.files()
	if err != nil {
		b.unread(w, r, err)
		return
	}
	f := form{Ref: strings.TrimSpace(r.FormValue("ref")), Days: usual}
	e, found := entry(s, f.Ref)
	switch {
	case f.Ref != "" && !found:
		v := b.view(r, f, matcher.Entry{})
		v.Said = &said{Note: "No rule, list or entity is called " + f.Ref + "." + b.meant(f.Ref)}
		b.pages.Show(w, "bench.html", http.StatusNotFound, v)
		return
	case found:
		f.Ref, f.Text, f.Stamp = e.Ref(), e.Text, s.Stamp(e)
		if r.FormValue("beside") != "" && e.Section == "rules" {
			f.Text += skeleton(e.Text)
		}
	}
	v := b.view(r, f, e)
	if e.ByHand != "" {
		v.Said = &said{Note: "This has to be changed by hand, in " + v.Place + ": " + e.ByHand + "."}
	}
	b.pages.Show(w, "bench.html", http.StatusOK, v)
}

// skeleton is a new rule to stand below another, as far in as that.
func skeleton(above string) string {
	indent := ""
	for line := range strings.Lines(above) {
		if before, _, is := strings.Cut(line, "- "); is && strings.TrimSpace(before) == "" {
			indent = before
			break
		}
	}
	lines := []string{"", "- id: new-rule", "  title: New rule", "  severity: low", "  match: word NEAR/9 @countries", "  examples:", "    match: [A word in Mali]", ""}
	return strings.ReplaceAll(strings.Join(lines, "\n"+indent), "\n"+indent+"\n", "\n\n") + "\n"
}

// mostSample is how many bytes a text to look at may have.
const mostSample = 200_000

// work answers to a form: it checks what was typed, looks at a text with it, tries it
// on the archive, or saves it.
func (b *Room) work(w http.ResponseWriter, r *http.Request) {
	f := form{
		Ref: r.FormValue("ref"), Stamp: r.FormValue("stamp"), Text: strings.ReplaceAll(r.FormValue("text"), "\r\n", "\n"),
		Sample: strings.ReplaceAll(r.FormValue("sample"), "\r\n", "\n"), Link: strings.TrimSpace(r.FormValue("link")),
	}
	f.Days, _ = strconv.Atoi(r.FormValue("days"))
	f.Days = cmp.Or(min(max(f.Days, 0), spans[len(spans)-1]), usual)
	if len(f.Sample) > mostSample {
		b.o.Sheet.Nothing(w, r, http.StatusRequestEntityTooLarge, "The text to look at is longer than 200 kB, which is too much.")
		return
	}
	s, err := b.files()
	if err != nil {
		b.unread(w, r, err)
		return
	}
	e, found := entry(s, f.Ref)
	if !found {
		v := b.view(r, f, e)
		v.Said = &said{Note: f.Ref + " is not there any more: somebody renamed it, or took it out. Your text is still here."}
		b.answer(w, r, http.StatusConflict, v)
		return
	}
	do := map[string]func(http.ResponseWriter, *http.Request, form, *matcher.Sources, matcher.Entry){"type": b.typed, "try": b.try, "save": b.save}[r.FormValue("do")]
	if do == nil {
		do = b.check
	}
	do(w, r, f, s, e)
}

// answer shows the workbench, or of it only what is said, to its script.
func (b *Room) answer(w http.ResponseWriter, r *http.Request, code int, v benchView) {
	name := "bench.html"
	if r.Header.Get(partHeader) != "" {
		name = "said"
	}
	b.pages.Show(w, name, code, v)
}

// partHeader is what the script sends along that wants a part of the page only.
const partHeader = "X-Part"

// typed answers with the mistakes in what is being typed. Nothing is made ready, so
// that it is quick; one is read at a time, however many type.
func (b *Room) typed(w http.ResponseWriter, r *http.Request, f form, s *matcher.Sources, e matcher.Entry) {
	v := b.view(r, f, e)
	b.drafts.turn.Lock()
	err := s.Check(e, f.Text)
	b.drafts.turn.Unlock()
	v.Said = b.problems(e, f, err)
	v.Said.Typing = true
	b.answer(w, r, http.StatusOK, v)
}

// check answers with the mistakes, and with what the text to look at comes to.
func (b *Room) check(w http.ResponseWriter, r *http.Request, f form, s *matcher.Sources, e matcher.Entry) {
	var unread error
	if f.Link != "" && (f.Sample == "" || r.FormValue("do") == "read") {
		f.Sample, unread = b.fetch(r, f.Link)
	}
	edit, err := b.draft(r.Context(), s, e, f.Text)
	v := b.view(r, f, e)
	v.Said = b.problems(e, f, err)
	if unread != nil {
		v.Said.Note = "The page could not be read: " + unread.Error()
	}
	code := http.StatusOK
	switch {
	case err != nil:
		code = http.StatusUnprocessableEntity
	case strings.TrimSpace(f.Sample) != "":
		v.Said.Reading = read(b.o.Rules(), edit.Rules, itemOf(f.Sample), e)
	}
	b.answer(w, r, code, v)
}

// save puts what was typed into its file, if that checks and nobody else has changed
// the file since it was opened.
func (b *Room) save(w http.ResponseWriter, r *http.Request, f form, s *matcher.Sources, e matcher.Entry) {
	v := b.view(r, f, e)
	refuse := func(code int, note string) {
		if v.Said == nil {
			v.Said = &said{}
		}
		v.Said.Note = note
		b.answer(w, r, code, v)
	}
	if !b.o.Save {
		refuse(http.StatusForbidden, "Nothing is saved from here: the setting COUPWATCH_EDIT_RULES is not yes. Copy the lines into "+v.Place+".")
		return
	}
	if s.Stamp(e) != f.Stamp {
		v.Stamp = s.Stamp(e)
		v.Said = &said{Theirs: e.Text}
		refuse(http.StatusConflict, "Not saved: somebody changed "+b.short(e.File)+" since you opened it. How it stands there now is below. To save again puts yours in its place.")
		return
	}
	edit, err := b.draft(r.Context(), s, e, f.Text)
	if err != nil {
		v.Said = b.problems(e, f, err)
		refuse(http.StatusUnprocessableEntity, "Not saved: this would be a mistake.")
		return
	}
	switch err := s.Write(edit); {
	case errors.Is(err, matcher.ErrChanged):
		refuse(http.StatusConflict, "Not saved: somebody changed the rules in this moment. Look at them, and save again.")
	case err != nil:
		b.o.Log.Warn("rules not saved", "file", e.File, "err", err)
		refuse(http.StatusInternalServerError, "Not saved: "+err.Error()+".")
	default:
		b.saved(w, r, e)
	}
}

// saved notes that an entry was saved, has it used, and leads to its page.
func (b *Room) saved(w http.ResponseWriter, r *http.Request, e matcher.Entry) {
	gate.Note(r.Context(), "saved "+e.Ref()+" in "+b.place(e)+"; what the file held is in "+b.short(e.File)+"~")
	if b.o.Reload != nil {
		b.o.Reload()
	}
	at := "/rules"
	if s, err := b.files(); err == nil {
		for _, now := range s.Entries() { // its name may be another
			if now.File == e.File && now.Line == e.Line && now.Name != "" {
				at = pageOf(now.Ref()) + "?saved=1"
			}
		}
	}
	http.Redirect(w, r, at, http.StatusSeeOther)
}
