package ops

import (
	"bufio"
	"debug/elf"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// inBox marks the process that becomes the program in the image.
const inBox = "COUPWATCH_TEST_BOX"

func TestMain(m *testing.M) {
	if root := os.Getenv(inBox); root != "" {
		fmt.Fprintln(os.Stderr, enterBox(root)) // it returns only what went wrong
		os.Exit(3)
	}
	os.Exit(m.Run())
}

// The steps of the Dockerfile make an image in which the program runs as it does in
// a container: as nobody, with all but /data and /tmp read-only, and with nothing
// else of the system than what is in the image.
func TestImage(t *testing.T) {
	if !*release {
		t.Skip("takes the time of a build; go test ./ops -release")
	}
	image := t.TempDir()
	env := buildImage(t, image)
	checkStatic(t, filepath.Join(image, "usr/local/bin/coupwatch"))
	checkContents(t, image)

	data := t.TempDir()
	box := func(argument ...string) *exec.Cmd { return boxed(t, image, data, env, argument...) }
	if out, err := box("check").CombinedOutput(); err != nil {
		t.Errorf("the rules of the image: %v\n%s", err, out)
	}
	if out, err := box("run", "--once", "--database", "sqlite:/coupwatch.db").CombinedOutput(); err == nil || !strings.Contains(string(out), "may not be written") {
		t.Errorf("a database beside /data: %v\n%s", err, out)
	}
	runsInBox(t, image, data, env)
	if files, _ := filepath.Glob(filepath.Join(data, "coupwatch.db*")); len(files) == 0 {
		t.Error("no database in /data")
	}
}

// runsInBox starts the daemon of the image with rules of its own, as compose.yaml
// puts them there, and asks it for its health as the image does.
func runsInBox(t *testing.T, image, data string, env []string) {
	t.Helper()
	feed := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `<rss version="2.0"><channel><title>Wire</title><item><guid>1</guid><title>Coup in Mali</title></item></channel></rss>`)
	}))
	defer feed.Close()
	rules := fmt.Sprintf("feeds: [{url: %q, name: Wire, schedule: '@every 1m'}]\nrules: [{id: coup, title: Coup, severity: high, match: coup}]\n", feed.URL)
	if err := os.WriteFile(filepath.Join(data, "rules.yaml"), []byte(rules), 0o600); err != nil {
		t.Fatal(err)
	}
	env = append(slices.Clone(env), "COUPWATCH_LISTEN=127.0.0.1:0", "COUPWATCH_ALLOW_PRIVATE=127.0.0.0/8", "COUPWATCH_RULES=/data/rules.yaml")
	daemon := boxed(t, image, data, env, "run")
	said, w := io.Pipe()
	daemon.Stdout, daemon.Stderr = w, w
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { _ = daemon.Wait(); w.Close() }() // however it ends, what it says does
	defer func() { _ = daemon.Process.Kill(); _, _ = io.Copy(io.Discard, said) }()
	page, read, log := "", false, ""
	for lines := bufio.NewScanner(said); (page == "" || !read) && lines.Scan(); {
		log += lines.Text() + "\n"
		if at := regexp.MustCompile(`http://(127\.0\.0\.1:\d+)/`).FindStringSubmatch(lines.Text()); at != nil && page == "" && !strings.Contains(lines.Text(), feed.URL) {
			page = at[1]
		}
		read = read || strings.Contains(lines.Text(), `msg="feed read"`)
	}
	if page == "" || !read {
		t.Fatalf("the daemon in the image shows no page, or reads no feed:\n%s", log)
	}
	if out, err := boxed(t, image, data, append(env, "COUPWATCH_LISTEN="+page), "health", "--alive").CombinedOutput(); err != nil {
		t.Errorf("health: %v\n%s", err, out)
	}
}

// checkStatic checks that a program needs no library and no loader.
func checkStatic(t *testing.T, program string) {
	t.Helper()
	file, err := elf.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, p := range file.Progs {
		if p.Type == elf.PT_INTERP || p.Type == elf.PT_DYNAMIC {
			t.Errorf("the program is not static: it has %v", p.Type)
		}
	}
}

// checkContents checks that an image has what the program needs, and nothing else.
func checkContents(t *testing.T, image string) {
	t.Helper()
	known := regexp.MustCompile(`^(data|tmp|usr/local/bin/coupwatch|etc/ssl/certs/ca-certificates\.crt|etc/coupwatch/rules\.yaml|etc/coupwatch/rules/[\w-]+\.yaml)$`)
	rules := 0
	err := filepath.WalkDir(image, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(image, path)
		if name == "data" || name == "tmp" || err != nil || d.IsDir() {
			return err
		}
		if !known.MatchString(name) {
			t.Errorf("%s is in the image", name)
		}
		if strings.HasPrefix(name, "etc/coupwatch/") {
			rules++
		}
		return nil
	})
	if err != nil || rules < 2 {
		t.Errorf("the image has %d files of rules: %v", rules, err)
	}
}

// buildImage carries out the Dockerfile and returns the environment of the image.
// What stands under /src and /out there is in a temporary folder; the rest is that
// of this machine, which has Go and a C compiler as its first stage has.
func buildImage(t *testing.T, image string) []string {
	t.Helper()
	build := t.TempDir()
	all := stages(t)
	args := []string{"TARGETARCH="}
	for _, i := range all[0] {
		switch i.name {
		case "ARG":
			args = append(args, i.rest)
		case "COPY":
			copyInto(t, repository, filepath.Join(build, "src"), strings.Fields(i.rest))
		case "RUN":
			cmd := exec.CommandContext(t.Context(), "sh", "-c", strings.ReplaceAll(i.rest, "/out/", build+"/out/"))
			cmd.Dir, cmd.Env = filepath.Join(build, "src"), append(os.Environ(), args...)
			if err := os.MkdirAll(cmd.Dir, 0o750); err != nil {
				t.Fatal(err)
			}
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("RUN %s: %v\n%s", i.rest, err, out)
			}
		}
	}
	var env []string
	for _, i := range all[1] {
		words := slices.DeleteFunc(strings.Fields(i.rest), func(w string) bool { return strings.HasPrefix(w, "--chown") })
		switch {
		case i.name == "ENV":
			env = append(env, words...)
		case i.name == "COPY" && words[0] == "--from=build":
			from := build
			if strings.HasPrefix(words[1], "/etc/") {
				from = "/"
			}
			copyInto(t, from, image, words[1:])
		case i.name == "COPY":
			copyInto(t, repository, image, words)
		}
	}
	return env
}

// copyInto does what COPY does with one source and a destination: what a folder
// holds goes into the destination, a file to it, or into it where it ends in /.
func copyInto(t *testing.T, from, root string, words []string) {
	t.Helper()
	for _, source := range words[:len(words)-1] {
		to := filepath.Join(root, words[len(words)-1])
		info, err := os.Stat(filepath.Join(from, source))
		if err != nil {
			t.Fatal(err)
		}
		if !info.IsDir() && (strings.HasSuffix(words[len(words)-1], "/") || len(words) > 2) {
			to = filepath.Join(to, filepath.Base(source))
		}
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.CommandContext(t.Context(), "cp", "-a", "-T", filepath.Join(from, source), to).CombinedOutput(); err != nil {
			t.Fatalf("COPY %s: %v\n%s", source, err, out)
		}
	}
}

// boxed returns the program of the image with an argument, in a box as a container is
// one: this test, started anew with users and mounts of its own, becomes it.
func boxed(t *testing.T, image, data string, env []string, argument ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "/proc/self/exe", argument...)
	cmd.Env = append(slices.Clone(env), inBox+"="+image, inBox+"_DATA="+data)
	const nobody = 65532
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: nobody, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: nobody, HostID: os.Getgid(), Size: 1}},
		AmbientCaps: []uintptr{unix.CAP_SYS_ADMIN, unix.CAP_SYS_CHROOT},
		Pdeathsig:   syscall.SIGKILL,
	}
	return cmd
}

// enterBox makes root the whole system, read-only but for /data and /tmp, gives up
// what it may do, and becomes the program in it.
func enterBox(root string) error {
	mounts := []struct {
		source, target, kind string
		flags                uintptr
	}{
		{"", "/", "", unix.MS_REC | unix.MS_PRIVATE},
		{root, root, "", unix.MS_BIND | unix.MS_REC},
		{os.Getenv(inBox + "_DATA"), root + "/data", "", unix.MS_BIND},
		{"tmpfs", root + "/tmp", "tmpfs", 0},
		{"", root, "", unix.MS_BIND | unix.MS_REMOUNT | unix.MS_RDONLY},
	}
	for _, m := range mounts {
		if err := unix.Mount(m.source, m.target, m.kind, m.flags, ""); err != nil {
			return fmt.Errorf("mount %s: %w", m.target, err)
		}
	}
	if err := unix.Chroot(root); err != nil {
		return fmt.Errorf("chroot: %w", err)
	}
	if err := os.Chdir("/"); err != nil {
		return err
	}
	if err := unix.Prctl(unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0); err != nil {
		return err
	}
	env := slices.DeleteFunc(os.Environ(), func(e string) bool { return strings.HasPrefix(e, inBox) })
	return unix.Exec("/usr/local/bin/coupwatch", append([]string{"coupwatch"}, os.Args[1:]...), env)
}
