package deskweb

import "testing"

func TestARowThatSaysTheSameIsRenderedOnce(t *testing.T) {
	h := open(t)
	h.get(t, "/desk/list?tab=all", true)
	shown, rendered := h.Rows()
	if shown == 0 || rendered != shown {
		t.Fatalf("of %d rows %d were rendered at first", shown, rendered)
	}
	h.get(t, "/desk/list?tab=all", true)
	if again, made := h.Rows(); again != 2*shown || made != rendered {
		t.Errorf("then of %d rows %d were rendered", again, made)
	}
}
