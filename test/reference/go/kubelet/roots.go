package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

const searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// prepareBase makes the files of every container: this machine's busybox and what it is linked with.
func prepareBase(base string) error {
	script := `set -e
mkdir -p "$1/bin" "$1/proc" "$1/dev" "$1/tmp" "$1/etc" "$1/root" "$1/var"
busybox=$(command -v busybox)
cp "$busybox" "$1/bin/busybox"
for file in $(ldd "$busybox" | grep -o '/[^ ]*'); do mkdir -p "$1$(dirname $file)"; cp "$file" "$1$file"; done
for name in $("$busybox" --list); do ln -sf busybox "$1/bin/$name"; done`
	return exec.Command("/bin/sh", "-c", script, "sh", base).Run()
}

// newRoot makes a container's own folders; those of the base are mounted into it when it starts.
func newRoot(base, root string) error {
	entries, err := os.ReadDir(base)
	if err != nil {
		return err
	}
	for _, one := range entries {
		if err := os.MkdirAll(filepath.Join(root, one.Name()), 0o755); err != nil {
			return err
		}
	}
	if err := os.Chmod(filepath.Join(root, "tmp"), 0o777); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, "etc", "passwd"), []byte("root:x:0:0:root:/root:/bin/sh\n"), 0o644)
}

// entry is the script that goes into the container's root before the container's own command.
func (c *container) entry() string {
	var s strings.Builder
	fmt.Fprintf(&s, "set -e; mount --make-rprivate /; mount -t proc proc %s/proc; mount --rbind /dev %s/dev\n", c.root, c.root)
	entries, _ := os.ReadDir(c.base)
	for _, one := range entries {
		if from := filepath.Join(c.base, one.Name()); filled(from) {
			fmt.Fprintf(&s, "mount --bind %s %s\n", from, filepath.Join(c.root, one.Name()))
		}
	}
	for _, m := range c.config.Mounts {
		if m.HostPath == "" {
			continue
		}
		at := c.root + m.ContainerPath
		fmt.Fprintf(&s, "if [ -d '%s' ]; then mkdir -p '%s'; else mkdir -p \"$(dirname '%s')\"; [ -e '%s' ] || : > '%s'; fi; mount --rbind '%s' '%s'\n", m.HostPath, at, at, at, at, m.HostPath, at)
		if m.Readonly {
			fmt.Fprintf(&s, "mount -o remount,bind,ro '%s'\n", at)
		}
	}
	security := c.config.GetLinux().GetSecurityContext()
	who := fmt.Sprintf("--userspec=%d:%d", security.GetRunAsUser().GetValue(), security.GetRunAsGroup().GetValue())
	folder := c.config.WorkingDir
	if folder == "" {
		folder = "/"
	}
	fmt.Fprintf(&s, "exec chroot %s %s /bin/sh -c 'mkdir -p %s; cd %s && exec \"$@\"' sh \"$@\"\n", who, c.root, folder, folder)
	return s.String()
}

func filled(folder string) bool {
	entries, err := os.ReadDir(folder)
	return err == nil && len(entries) > 0
}

func (c *container) environment() []string {
	all := []string{"PATH=" + searchPath, "HOSTNAME=" + c.sandbox.config.Hostname, "HOME=/root"}
	for _, one := range c.config.Envs {
		all = append(all, one.Key+"="+one.Value)
	}
	return all
}

// executable says what runc says of a command that is not there.
func (c *container) executable(name string) error {
	if strings.Contains(name, "/") {
		if _, err := os.Stat(c.base + name); err != nil {
			return fmt.Errorf("exec: %q: stat %s: no such file or directory: unknown", name, name)
		}
		return nil
	}
	for _, folder := range filepath.SplitList(searchPath) {
		if _, err := os.Lstat(filepath.Join(c.base, folder, name)); err == nil {
			return nil
		}
	}
	return fmt.Errorf("exec: %q: executable file not found in $PATH: unknown", name)
}

// containerLog is a container's log as runtimes write it.
type containerLog struct {
	mu   sync.Mutex
	file *os.File
}

func newLog(path string) (*containerLog, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o640)
	return &containerLog{file: file}, err
}

func (l *containerLog) stream(name string) io.Writer { return &logStream{log: l, name: name} }
func (l *containerLog) close()                       { l.file.Close() }

type logStream struct {
	log  *containerLog
	name string
	rest []byte
}

func (s *logStream) Write(data []byte) (int, error) {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	s.rest = append(s.rest, data...)
	for {
		at := bytes.IndexByte(s.rest, '\n')
		if at < 0 {
			return len(data), nil
		}
		fmt.Fprintf(s.log.file, "%s %s F %s\n", time.Now().UTC().Format(time.RFC3339Nano), s.name, s.rest[:at])
		s.rest = s.rest[at+1:]
	}
}
