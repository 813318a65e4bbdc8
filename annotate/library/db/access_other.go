//go:build !unix

package db

import "os"

// writable reports whether the file or folder at path is not marked read-only.
func writable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && (info.IsDir() || info.Mode().Perm()&0o200 != 0)
}
