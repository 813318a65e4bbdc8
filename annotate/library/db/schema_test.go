package db

import (
	"context"
	"path/filepath"
	"testing"
)

// A migration that fails leaves the library as it was. A later start runs it again.
func TestMigrationsAreOneStep(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, err := Open(ctx, filepath.Join(t.TempDir(), "library.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	list, err := migrationScripts()
	if err != nil {
		t.Fatal(err)
	}
	columns := func() (at, n int) {
		t.Helper()
		err := s.reads.QueryRow("SELECT (SELECT user_version FROM pragma_user_version), count(*) FROM pragma_table_info('meta')").Scan(&at, &n)
		if err != nil {
			t.Fatal(err)
		}
		return at, n
	}
	at, n := columns()
	good := migration{sql: "ALTER TABLE meta ADD COLUMN more TEXT"}
	if err := s.runMigrations(ctx, append(list, good, migration{sql: "ALTER TABLE nothing ADD COLUMN more TEXT"})); err == nil {
		t.Error("a migration of a table that is not there succeeds")
	}
	if at2, n2 := columns(); at2 != at || n2 != n {
		t.Errorf("half of it is left: version %d of %d, %d columns of %d", at2, at, n2, n)
	}
	for range 2 { // the second time there is nothing to do
		if err := s.runMigrations(ctx, append(list, good)); err != nil {
			t.Fatal(err)
		}
	}
	if at2, n2 := columns(); at2 != at+1 || n2 != n+1 {
		t.Errorf("version %d, %d columns", at2, n2)
	}
}
