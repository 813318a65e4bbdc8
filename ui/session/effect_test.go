package session

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"byline/annotate"
	"byline/annotate/review"
	"byline/articles"
)

// What one of two effects says is in both taken together, whichever comes first.
func TestEffectsTogether(t *testing.T) {
	t.Parallel()
	all := Effect{
		Decided: Decided{Edited: review.Edit{Verb: annotate.Confirm}, Said: "confirmed", Unsaved: true},
		Course:  Course{Least: true, Round: 1, Left: 2}, Reading: Reading{Read: true, Abroad: true, Lost: 2}, Moved: true, Show: &Place{ID: "a"}, At: Nearest,
		Marked: "here", Turned: GoOn, Asks: &Question{Topic: Links}, Selected: Selected{true, true, articles.Span{End: 1}}, None: NoClaim, About: "it", Err: errors.New("full"),
	}
	v := reflect.ValueOf(all)
	for i := range v.NumField() {
		if v.Field(i).IsZero() && v.Type().Field(i).Name != "Later" {
			t.Errorf("%s is not in the test", v.Type().Field(i).Name)
		}
	}
	for _, got := range []Effect{all.and(Effect{}), Effect{}.and(all)} {
		if !reflect.DeepEqual(got, all) {
			t.Errorf("%+v", got)
		}
	}
	later := Effect{}.and(Effect{Later: func(context.Context) Answer { return Answer{} }})
	if later.Later == nil {
		t.Error("the work to come is dropped")
	}
}
