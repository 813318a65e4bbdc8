package workspace

import "testing"

func TestNameKey(t *testing.T) {
	t.Parallel()
	for name, same := range map[string]string{
		"Dr. Marta  Quill": "MARTA QUILL", "Zoe\u0308": "Zoë", "O’Neill": "o'neill", "U.S. Steel": "US Steel", "The Courier": "Courier", "STRASSE": "straße",
	} {
		if nameKey(name) != nameKey(same) {
			t.Errorf("%q is %q, but %q is %q", name, nameKey(name), same, nameKey(same))
		}
	}
	if nameKey("Miss") == "" || nameKey("Marta Quill") == nameKey("Marta Quillan") {
		t.Error("a name got lost")
	}
}
