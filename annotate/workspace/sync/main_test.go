package sync

import (
	"os"
	"testing"
)

// TestMain keeps the settings of whoever tests out of what git does.
func TestMain(m *testing.M) {
	os.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	os.Setenv("GIT_CONFIG_SYSTEM", os.DevNull)
	os.Exit(m.Run())
}
