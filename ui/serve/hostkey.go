package serve

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"charm.land/ssh"
	"charm.land/wish/v2"
	gossh "golang.org/x/crypto/ssh"
)

// hostKey returns the option that has the server use the private key at path, by which clients know it again. If there is
// none, one is made, which its owner alone may read, with the public key beside it.
func hostKey(path string) (ssh.Option, error) {
	const others = 0o077
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, fmt.Errorf("make the host key: %w", err)
		}
	case err != nil:
		return nil, fmt.Errorf("read the host key: %w", err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("read the host key: %s is not a file", path)
	case !isKey(path):
		return nil, fmt.Errorf("read the host key: %s holds no private key; name one, or a file that is not there yet for a new one", path)
	case os.PathSeparator == '/' && info.Mode().Perm()&others != 0:
		return nil, fmt.Errorf("read the host key: others may read %s: chmod 600 it", path)
	}
	return wish.WithHostKeyPath(path), nil
}

// isKey reports whether a file holds a private key, which may need words to open it; or cannot be read, which is said when it is.
func isKey(path string) bool {
	data, err := os.ReadFile(path)
	if err != nil {
		return true
	}
	_, err = gossh.ParseRawPrivateKey(data)
	_, locked := errors.AsType[*gossh.PassphraseMissingError](err)
	return err == nil || locked
}
