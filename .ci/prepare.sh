# Installs what the two commands need; sourced by run and check, which set ROOT.
#
#   prepare LOCK PACKAGE...
#
# makes .venv from LOCK and sees that each Debian PACKAGE is there ("new|old" names one package
# under two names). A stamp keeps the second start free of any install step. Ubuntu has the same
# packages under the same names; that was never tried.

VENV=$ROOT/.venv

# What a window needs on a bare Debian: Qt's own libraries, then those of its X11 plugin.
WINDOW_PACKAGES=(
  'libglib2.0-0t64|libglib2.0-0' libgl1 libegl1 libfontconfig1 libxkbcommon0 libdbus-1-3
  libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0
)

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$@"
  exit 1
}

# The path of an interpreter that can make the environment, else nothing.
fitting() {
  "$1" -c 'import sys, venv, ensurepip
assert (3, 11) <= sys.version_info < (3, 14)
print(sys.executable)' 2>/dev/null
}

find_python() {
  local name
  # The system's own first: distributions build theirs with every optimisation, what somebody built
  # by hand runs a tenth slower.
  for name in /usr/bin/python3 python3 python3.13 python3.12 python3.11; do
    fitting "$name" && return
  done
  return 1
}

installed() {
  local name
  for name in ${1//|/ }; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null) == installed ]] && return
  done
  return 1
}

# The name apt knows; the last one where it knows none (newer packages still answer to it).
name_here() {
  local name
  for name in ${1//|/ }; do
    apt-cache show "$name" >/dev/null 2>&1 && break
  done
  printf '%s' "$name"
}

install_packages() {
  local package install
  local -a missing=() names=() as_root=()
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || return 0
  for package in "$@"; do
    installed "$package" || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  if [[ $(id -u) != 0 ]]; then
    if ! sudo -n true 2>/dev/null; then
      for package in "${missing[@]}"; do names+=("$(name_here "$package")"); done
      install="apt-get install -y --no-install-recommends ${names[*]}"
      say "Some Debian packages are missing. Run this line, then start again:"
      die "sudo apt-get update && sudo $install"
    fi
    as_root=(sudo -n)
  fi
  as_root+=(env DEBIAN_FRONTEND=noninteractive)
  # One source that is down is none of ours, as long as the others have what is missing.
  "${as_root[@]}" apt-get update -qq >&2 || say "Some package lists could not be fetched."
  for package in "${missing[@]}"; do names+=("$(name_here "$package")"); done
  say "Installing Debian packages: ${names[*]}"
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${names[@]}" \
    >&2 </dev/null || die "apt-get could not install: ${names[*]}"
}

# Changes when the lock, the packages, the interpreter or the place of the checkout changes.
stamp_of() {
  { cat "$ROOT/$1" "$ROOT/.ci/prepare.sh" && readlink -f "$VENV/bin/python" && echo "$ROOT $*"; } \
    2>/dev/null | sha256sum
}

make_environment() {
  local lock=$1 python=$2
  if ! [[ $(fitting "$VENV/bin/python") ]]; then
    say "Making .venv with $python"
    "$python" -m venv --clear "$VENV" || die "The environment could not be made with $python."
  fi
  say "Installing $lock"
  "$VENV/bin/python" -m pip install --quiet --no-input --disable-pip-version-check \
    --only-binary :all: --require-hashes -r "$ROOT/$lock" >&2 \
    || die "The packages of $lock could not be installed."
}

prepare() {
  local lock=$1 stamp python
  local -a python_packages=()
  shift
  # A command that draws nothing wants fewer packages, a centre others than its demo: each list has
  # a stamp of its own, or two commands in turn would install each time.
  stamp=$(printf '%s ' "$@" | cksum)
  stamp=$VENV/${lock%.lock}-${stamp%% *}.stamp
  [[ -f $stamp && -x $VENV/bin/python && $(<"$stamp") == "$(stamp_of "$lock" "$@")" ]] && return

  # Two first starts at once would install over each other.
  exec 9<"$ROOT/requirements.lock"
  flock 9 2>/dev/null || true
  find_python >/dev/null || python_packages=(python3 python3-venv)
  install_packages "${python_packages[@]}" "$@"
  python=$(find_python) || die "Python 3.11, 3.12 or 3.13 with venv is needed; none was found."
  make_environment "$lock" "$python"
  stamp_of "$lock" "$@" >"$stamp"
  exec 9<&-
}

# The script of the page that checks letters, made of npm's packages as its lock has them.
prepare_page() {
  local page=$ROOT/resources/verify-page at=$ROOT/build/verify-page made lock
  made=$(cat "$page"/package*.json "$page"/*.mjs "$page"/src/*.js | sha256sum)
  [[ -f $page/built/page.js && -f $page/built/drawn.js && -f $page/built/stamp && $(<"$page/built/stamp") == "$made" ]] && return
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then install_packages nodejs npm; fi
  say "Building the page that checks letters"
  # Away from what is read as data: its packages are thousands of files.
  rm -rf "$at/src" && mkdir -p "$at" "$page/built" && cp -r "$page"/{package*.json,*.mjs,src} "$at"
  lock=$(sha256sum <"$page/package-lock.json")
  # The packages stay while their lock does: they are fetched one by one.
  if [[ ! -f $at/lock || $(<"$at/lock") != "$lock" ]]; then
    (cd "$at" && npm ci --silent --no-audit --no-fund >&2 </dev/null) \
      || die "The packages of the page that checks letters could not be fetched."
    printf '%s' "$lock" >"$at/lock"
  fi
  (cd "$at" && npx --no-install eslint src && node build.mjs "$page/built") >&2 </dev/null \
    || die "The page that checks letters could not be built."
  printf '%s' "$made" >"$page/built/stamp"
}
