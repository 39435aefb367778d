# Shared by ./bazelw and the scripts of this folder. To be sourced by bash.

say() { echo "bazelw: $*" >&2; }

die() {
  say "$@"
  exit 1
}

# online: can this machine reach the upstream archives?
online() { timeout 3 bash -c 'exec 3<>/dev/tcp/github.com/443' 2>/dev/null; }

# missing_packages PACKAGE...: prints those that dpkg has not installed.
missing_packages() {
  local installed
  installed=$(dpkg-query --show --showformat '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
  local package
  for package in "$@"; do
    [[ $'\n'$installed$'\n' == *$'\n'"$package installed"$'\n'* ]] || echo "$package"
  done
}

all_installed() {
  command -v dpkg-query >/dev/null && [[ -z $(missing_packages "$@") ]]
}

# install_packages PACKAGE...: apt-get installs those that are missing, saying so first.
install_packages() {
  command -v apt-get >/dev/null ||
    die "needs clang-19, lld-19 and Bazelisk: install them, this is no Debian machine."
  local missing as_root=()
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0

  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      die "needs root, or sudo, to install: ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing with ${as_root[*]:+sudo }apt-get: ${missing[*]}"
  "${as_root[@]}" apt-get -qq update || true
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 install "${missing[@]}" >/dev/null ||
    die "could not install ${missing[*]}: is there network access to a Debian mirror?"
}
