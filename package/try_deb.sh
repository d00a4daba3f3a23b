#!/bin/sh
# Install, run and purge the .deb, in a bare Debian 12 as root: ./dev package --check.
#
#     package/try_deb.sh      in a clone with packages in packages/, as tests/bare.sh makes it
set -eu
clone=$(pwd)
work=$(mktemp -d)
chmod 777 "$work"
export DEBIAN_FRONTEND=noninteractive

say() { printf '== %s\n' "$*"; }

cannot() {
  printf 'try_deb: %s\n' "$*" >&2
  exit 1
}

get() { apt-get "$@" -y -qq >"$work/apt.log" 2>&1 || { cat "$work/apt.log" && cannot "apt-get $*"; }; }

# as_user COMMAND…: an ordinary user's, who has a folder of his own
as_user() {
  setpriv --reuid=65534 --regid=65534 --clear-groups env HOME="$work" AUTOPKGTEST_TMP="$work" "$@"
}

# What lies anywhere and is lutist's.
ours() {
  find / -xdev \( -path "$clone" -o -path "$work" -o -path /proc -o -path /sys \) -prune -o \
    -iname '*lutist*' -print
}

say "installing with what it cannot do without"
get update
get install --no-install-recommends ./packages/lutist_*.deb
as_user debian/tests/batch || cannot "debian/tests/batch"

say "with what is recommended, and a window"
recommended=$(dpkg-query -W -f '${Recommends}' lutist | sed 's/([^)]*)//g; s/,/ /g')
# shellcheck disable=SC2086 # several packages
get install --no-install-recommends $recommended xvfb xauth xdotool man-db
as_user lutist doctor >"$work/doctor"
if grep MISSING "$work/doctor" | grep -v '^opencl: '; then cannot "a recommended library is missing"; fi
as_user debian/tests/window || cannot "debian/tests/window"

say "purging it"
ours >"$work/before"
[ -s "$work/before" ] || cannot "nothing of lutist was found"
get purge lutist
ours >"$work/after"
[ ! -s "$work/after" ] || { cat "$work/after" && cannot "these are left"; }
[ -z "$(dpkg-query -W -f '${db:Status-Abbrev}' lutist 2>/dev/null)" ] || cannot "dpkg still knows it"
echo "the .deb installs, runs and purges clean"
