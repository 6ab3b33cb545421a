package ops

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// inPackages is what each package brings.
var inPackages = []string{
	"/usr/bin/coupwatch",
	"/usr/lib/systemd/system/coupwatch.service",
	"/etc/coupwatch/settings",
	"/etc/coupwatch/rules.yaml",
	"/etc/coupwatch/rules/mutiny.yaml",
	"/usr/share/man/man1/coupwatch.1",
	"/usr/share/man/man1/coupwatch-feeds-try.1",
	"/usr/share/bash-completion/completions/coupwatch",
	"/usr/share/zsh/vendor-completions/_coupwatch",
	"/usr/share/fish/vendor_completions.d/coupwatch.fish",
	"/usr/share/doc/coupwatch/operating.md",
	"/usr/share/doc/coupwatch/first-hour/night.jsonl",
	"/usr/share/doc/coupwatch/ops/prometheus-alerts.yaml",
	"/usr/share/doc/coupwatch/copyright",
}

// packed returns the package of a kind that goreleaser put into dist.
func packed(t *testing.T, kind, program string) string {
	t.Helper()
	if !*release {
		t.Skip("there are no packages; NO_CROSS=1 goreleaser release --snapshot --clean, then go test ./ops -release")
	}
	found, _ := filepath.Glob(filepath.Join(repository, "dist", "*amd64."+kind))
	if len(found) == 0 {
		found, _ = filepath.Glob(filepath.Join(repository, "dist", "*x86_64."+kind))
	}
	if len(found) != 1 {
		t.Fatalf("found %d packages for %s in dist, want one", len(found), kind)
	}
	if _, err := exec.LookPath(program); err != nil {
		t.Skip(err)
	}
	return found[0]
}

func output(t *testing.T, command string, arguments ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), command, arguments...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", command, strings.Join(arguments, " "), err, out)
	}
	return string(out)
}

// The package for Debian can be installed, brings what it should, keeps what its
// operator changed when it is installed anew, and can be removed.
func TestDebianPackage(t *testing.T) {
	file := packed(t, "deb", "dpkg")
	if os.Getuid() != 0 {
		t.Skip("only root installs packages, also into a folder")
	}
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "var/lib/dpkg/updates"), 0o750); err != nil {
		t.Fatal(err)
	}
	for _, empty := range []string{"status", "available"} {
		if err := os.WriteFile(filepath.Join(root, "var/lib/dpkg", empty), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	install := []string{"--root=" + root, "--force-script-chrootless", "--force-depends", "--force-confdef", "--force-confold", "--log=/dev/null"}
	output(t, "dpkg", append(install, "-i", file)...)
	for _, name := range inPackages {
		if _, err := os.Stat(filepath.Join(root, name)); err != nil {
			t.Error(err)
		}
	}
	checkModes(t, root)
	if said := output(t, filepath.Join(root, "usr/bin/coupwatch"), "check", "--rules", filepath.Join(root, "etc/coupwatch/rules.yaml")); !strings.Contains(said, "rules") {
		t.Errorf("check of the rules in the package says %q", said)
	}

	rules := filepath.Join(root, "etc/coupwatch/rules.yaml")
	if err := os.WriteFile(rules, []byte("# ours\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	output(t, "dpkg", append(install, "-i", file)...)
	if kept, err := os.ReadFile(rules); err != nil || string(kept) != "# ours\n" {
		t.Errorf("the rules of the operator are %q after another installation: %v", kept, err)
	}
	output(t, "dpkg", append(install, "-r", "coupwatch")...)
	if _, err := os.Stat(filepath.Join(root, "usr/bin/coupwatch")); err == nil {
		t.Error("the program is still there when the package was removed")
	}
}

// checkModes checks that everybody may read what was installed, but for the settings,
// which hold secrets, and that nothing of the repository is in it by mistake.
func checkModes(t *testing.T, root string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(root, "usr"), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if info, err := d.Info(); err != nil || info.Mode().Perm()&0o044 != 0o044 || strings.HasSuffix(path, ".go") {
			t.Errorf("%s is in the package with %v: %v", path, info.Mode(), err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(filepath.Join(root, "etc/coupwatch/settings")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the settings may be read by others: %v, %v", info.Mode(), err)
	}
}

// The package for Fedora and its kin brings the same.
func TestRPM(t *testing.T) {
	file := packed(t, "rpm", "rpm")
	files := output(t, "rpm", "-qlp", file)
	for _, name := range inPackages {
		if !strings.Contains(files, name+"\n") {
			t.Errorf("%s lacks %s", filepath.Base(file), name)
		}
	}
	if changed := output(t, "rpm", "-qcp", file); !strings.Contains(changed, "/etc/coupwatch/rules.yaml\n") {
		t.Errorf("the rules are no file of settings, which is kept: %s", changed)
	}
}

// The unit of the package is one that systemd takes, and shuts the program off from
// most of the system.
func TestUnit(t *testing.T) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip(err)
	}
	root := t.TempDir()
	units := filepath.Join(root, "usr/lib/systemd/system")
	if err := os.MkdirAll(units, 0o750); err != nil {
		t.Fatal(err)
	}
	unit := filepath.Join(units, "coupwatch.service")
	if err := os.WriteFile(unit, []byte(read(t, "ops/coupwatch.service")), 0o600); err != nil {
		t.Fatal(err)
	}
	if rating := output(t, "systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", unit); !strings.Contains(rating, "Overall exposure level") {
		t.Errorf("no rating:\n%s", rating)
	}
}
