# Sourced by ./minke, ./test and ./bench: finding .NET, installing Debian's packages, building once. Expects $root, the repository's directory.

say() { printf '%s\n' "$*" >&2; }
fail() { say "$(basename "$0"): $*"; exit 1; }

# Sets $dotnet, or explains how to get it.
find_dotnet() {
  for dotnet in "$(command -v dotnet || true)" "${DOTNET_ROOT:-/usr/share/dotnet}/dotnet" /usr/lib/dotnet/dotnet "${HOME:-/root}/.dotnet/dotnet"; do
    if [ -n "$dotnet" ] && [ -x "$dotnet" ] && "$dotnet" --list-sdks 2>/dev/null | grep -q '^10\.'; then
      # Build servers would stay behind, with our locks and pipes open.
      export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
      DOTNET_ROOT=$(dirname "$(readlink -f "$dotnet")")
      export DOTNET_ROOT
      return
    fi
  done
  fail "the .NET 10 SDK is missing; install it as https://learn.microsoft.com/dotnet/core/install/linux-debian describes"
}

# What Minke runs with: package, a file of it, and what it is for.
runtime_packages="
containerd|/usr/bin/containerd|runs containers
runc|/usr/sbin/runc|starts them
containernetworking-plugins|/usr/lib/cni/bridge|connects pods
nftables|/usr/sbin/nft|lets pods reach the world
iptables|/usr/sbin/iptables|host ports of pods
conntrack|/usr/sbin/conntrack|forgets connections to pods that are gone
busybox-static|/bin/busybox|the demo image
"

# Installs the packages of a list that are missing. $1: the list, $2: "no" to refuse instead.
install_packages() {
  local missing="" package file purpose
  while IFS='|' read -r package file purpose; do
    if [ -n "$package" ] && [ ! -e "$file" ]; then
      [ -n "$missing" ] || say "Minke needs from Debian's packages:"
      say "  $package ($purpose)"
      missing="$missing $package"
    fi
  done <<<"$1"
  [ -n "$missing" ] || return 0
  [ "$2" != no ] || fail "install what is missing with: apt-get install$missing"
  [ "$(id -u)" = 0 ] || fail "run this as root (sudo), so that it can install them, or install them with: apt-get install$missing"
  command -v apt-get >/dev/null || fail "there is no apt-get; install the like of these with your system's package tool:$missing"
  say "Installing them ..."
  # shellcheck disable=SC2086
  try_install $missing || { apt_get update && try_install $missing; } || fail "the packages could not be installed; see above, then try: apt-get install$missing"
}

apt_get() { DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@" >&2; }

# Debian starts a service that it installs; Minke runs a containerd of its own, so that of the package stays as it is found: not running.
try_install() {
  local policy=/usr/sbin/policy-rc.d made="" status=0
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy" && made=1
  fi
  apt_get install -y --no-install-recommends "$@" || status=$?
  [ -z "$made" ] || rm -f "$policy"
  return $status
}

# A number that changes when anything changes that the program is built from.
source_stamp() {
  (cd "$root" && find src Directory.Build.props Directory.Build.targets Directory.Packages.props global.json \
    -type f -not -path '*/bin/*' -not -path '*/obj/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-12)
}

# Builds the program unless that is done, and sets $binary. Versions lie side by side, so that one that runs is not changed under its feet.
build_once() {
  local stamp out
  stamp=$(source_stamp)
  out="$root/artifacts/minke-$stamp"
  binary="$out/minke"
  [ ! -x "$binary" ] || return 0
  find_dotnet
  mkdir -p "$root/artifacts"
  exec 9>"$root/artifacts/.build-lock"
  flock 9
  if [ ! -x "$binary" ]; then
    say "Building Minke once (a minute or so) ..."
    rm -rf "$out.next"
    "$dotnet" publish "$root/src/Minke" -c Release -r linux-x64 -o "$out.next" -v q --nologo >"$root/artifacts/build.log" 2>&1 ||
      { tail -n 20 "$root/artifacts/build.log" >&2; fail "the build failed; all of its output is in $root/artifacts/build.log"; }
    mv "$out.next" "$out"
    remove_unused_builds "$out"
  fi
  exec 9>&-
}

remove_unused_builds() {
  local used old
  used=$(readlink /proc/[0-9]*/exe 2>/dev/null || true)
  for old in "$root"/artifacts/minke-*; do
    if [ "$old" != "$1" ] && ! grep -qF "$old/" <<<"$used"; then
      rm -rf "$old"
    fi
  done
}
