package textview_test

import (
	"fmt"
	"strings"

	"byline/articles"
	"byline/ui/textview"
)

// A name is bold wherever the text is broken, and the screen says which byte a cell
// shows.
func ExampleView() {
	text := "Marta Quill sold the press on Monday.\nNobody was surprised."
	name := articles.Span{Start: 0, End: len("Marta Quill")}

	v := textview.New()
	v.SetDoc(textview.Doc{Text: text})
	v.SetStyles(textview.Styles{Looks: []textview.Look{{Bold: true}}})
	v.SetMarks(0, []textview.Mark{{Span: name, Look: 0}})
	v.SetGutter(0, []textview.GutterMark{{Span: name, Bar: &textview.Bar{Sign: "▎"}}})
	v.Resize(24, 2)
	for _, line := range v.Lines() {
		fmt.Println(strings.ReplaceAll(strings.TrimRight(line, " "), "\x1b", "␛"))
	}

	off, _ := v.OffsetAt(8, 1)
	fmt.Println("pointed at:", text[off:off+len("on Monday")])
	v.ScrollBy(1)
	fmt.Println("on top:", text[v.Top():v.Top()+len("press")])
	// Output:
	// ␛[1m▎␛[m ␛[1mMarta Quill␛[m sold the
	//   press on Monday.
	// pointed at: on Monday
	// on top: press
}
