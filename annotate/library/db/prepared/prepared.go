// Package prepared opens SQLite files over connections that keep the statements they have prepared: to parse a statement
// takes SQLite longer than to run one that is about one row.
package prepared

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"

	"modernc.org/sqlite"
)

// mostStatements is how many statements a connection keeps prepared. The statements of adding and annotating are some
// forty; queries that are typed come and go.
const mostStatements = 64

// Open returns the connections to the file of a data source of [sqlite].
func Open(source string) (*sql.DB, error) { return open(source, false) }

// A Writer is the one connection that writes into a file. A statement is not interrupted when its context ends: no transaction is long, and to
// be able to interrupt costs a goroutine a statement.
type Writer struct {
	*sql.DB
	Level string // of synchronous, as it was set last; belongs to who holds the connection
}

// OpenWriter returns the writer of the file of a data source of [sqlite].
func OpenWriter(source string) (*Writer, error) {
	d, err := open(source, true)
	if err != nil {
		return nil, err
	}
	d.SetMaxOpenConns(1)
	return &Writer{DB: d}, nil
}

func open(source string, writes bool) (*sql.DB, error) {
	c, err := sqlite.NewConnector(source)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(preparing{c, writes}), nil
}

// preparing makes connections that keep their statements.
type preparing struct {
	driver.Connector
	writes bool
}

// Connect implements [driver.Connector].
func (p preparing) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &conn{connection: c.(connection), writes: p.writes, free: map[string]statement{}}, nil
}

// connection is what a connection of the driver can do, besides what only [sql.DB] asks of it.
type connection interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	session
}

// session is what [sql.DB] asks of a connection before it uses it again.
type session interface {
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// statement is what a statement of the driver can do.
type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// A conn is a connection that keeps statements. Like every connection it is used by one goroutine at a time.
type conn struct {
	connection
	writes bool
	free   map[string]statement // prepared and not in use, by their text
	order  []string             // of free, the one used last comes last
}

// Close implements [driver.Conn].
func (c *conn) Close() error {
	for _, s := range c.free {
		_ = s.Close() // the connection goes, and with it whatever is left of the statement
	}
	c.free, c.order = nil, nil
	return c.connection.Close()
}

// take returns the statement, prepared. It is put back after use.
func (c *conn) take(ctx context.Context, query string) (statement, error) {
	if s, ok := c.free[query]; ok {
		c.forget(query)
		return s, nil
	}
	s, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.(statement), nil
}

// put keeps a statement for the next use. If the same one has been put back before, one of them goes.
func (c *conn) put(query string, s statement) error {
	if _, ok := c.free[query]; ok || c.free == nil {
		return s.Close()
	}
	c.free[query] = s
	c.order = append(c.order, query)
	if len(c.order) <= mostStatements {
		return nil
	}
	oldest := c.order[0]
	s = c.free[oldest]
	c.forget(oldest)
	return s.Close()
}

// forget takes a statement out of those that are kept.
func (c *conn) forget(query string) {
	delete(c.free, query)
	for i := len(c.order) - 1; i >= 0; i-- {
		if c.order[i] == query {
			c.order = append(c.order[:i], c.order[i+1:]...)
			return
		}
	}
}

// script reports whether a text may be several statements, which the driver does not prepare.
func script(query string) bool { return strings.Contains(query, ";") }

// ExecContext implements [driver.ExecerContext].
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if c.writes {
		ctx = context.WithoutCancel(ctx)
	}
	if script(query) {
		return c.connection.ExecContext(ctx, query, args)
	}
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	r, err := s.ExecContext(ctx, args)
	if e := c.put(query, s); err == nil {
		err = e
	}
	return r, err
}

// QueryContext implements [driver.QueryerContext].
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if c.writes {
		ctx = context.WithoutCancel(ctx)
	}
	if script(query) {
		return c.connection.QueryContext(ctx, query, args)
	}
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	r, err := s.QueryContext(ctx, args)
	if err != nil {
		_ = s.Close()
		return nil, err
	}
	return &rows{Rows: r, c: c, query: query, s: s}, nil
}

// rows puts its statement back once it is closed.
type rows struct {
	driver.Rows
	c     *conn
	query string
	s     statement
}

// Close implements [driver.Rows].
func (r *rows) Close() error {
	if r.s == nil {
		return nil
	}
	err := r.Rows.Close()
	if e := r.c.put(r.query, r.s); err == nil {
		err = e
	}
	r.s = nil
	return err
}

// NewBackup begins to copy the file; see [sqlite.Backup].
func (c *conn) NewBackup(to string) (*sqlite.Backup, error) {
	from, ok := c.connection.(interface {
		NewBackup(string) (*sqlite.Backup, error)
	})
	if !ok {
		return nil, errors.New("the driver of SQLite copies nothing")
	}
	return from.NewBackup(to)
}
