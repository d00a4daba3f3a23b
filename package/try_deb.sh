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

# as_user COMMAND…: an ordinary user's, in a folder of his own
as_user() { (cd "$work" && setpriv --reuid=65534 --regid=65534 --clear-groups env HOME="$work" "$@"); }

# What lies anywhere and is lutist's.
ours() {
  find / -xdev \( -path "$clone" -o -path "$work" -o -path /proc -o -path /sys \) -prune -o \
    -iname '*lutist*' -print
}

say "installing with what it cannot do without"
get update
get install --no-install-recommends ./packages/lutist_*.deb
as_user lutist --version
as_user lutist doctor >"$work/doctor"
if grep -E 'MISSING.*(libtiff|libwebp|lcms)|viewer: MISSING|font: none' "$work/doctor"; then
  cannot "a library that it cannot do without is missing"
fi
cp assets/sample.jpg "$work"
for format in jpeg png tiff webp; do
  as_user lutist batch -q sample.jpg -p exposure=0.5 --format "$format" -o "out/{stem}-$format{ext}"
done
as_user lutist-python -c 'import lutist; print(lutist.open("sample.jpg"))'
as_user lutist export exposure -o look.cube
code=0
as_user lutist sample.jpg 2>"$work/view" || code=$?
[ "$code" = 4 ] || cannot "without a display the viewer ends with $code"

say "with what is recommended, and a window"
recommended=$(dpkg-query -W -f '${Recommends}' lutist | sed 's/([^)]*)//g; s/,/ /g')
# shellcheck disable=SC2086 # several packages
get install --no-install-recommends $recommended xvfb xauth xdotool man-db
as_user lutist doctor >"$work/doctor"
if grep MISSING "$work/doctor" | grep -v '^opencl: '; then cannot "a recommended library is missing"; fi
# shellcheck disable=SC2016 # expanded by the inner shell
as_user xvfb-run -a sh -c 'lutist sample.jpg & window=$!
  timeout 60 xdotool search --sync --onlyvisible --class lutist >window; kill "$window"; wait "$window"' || true
[ -s "$work/window" ] || cannot "the viewer shows no window"
as_user man lutist-batch | grep -q -- --resume || cannot "there is no manual"

say "purging it"
ours >"$work/before"
[ -s "$work/before" ] || cannot "nothing of lutist was found"
get purge lutist
ours >"$work/after"
[ ! -s "$work/after" ] || { cat "$work/after" && cannot "these are left"; }
[ -z "$(dpkg-query -W -f '${db:Status-Abbrev}' lutist 2>/dev/null)" ] || cannot "dpkg still knows it"
echo "the .deb installs, runs and purges clean"
