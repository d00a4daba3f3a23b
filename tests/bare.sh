#!/usr/bin/env bash
# A bare Debian 12 in a folder, a clone of HEAD in it, and a command in the clone: ./dev bare.
#
#     tests/bare.sh [COMMAND [ARG…]]      default: ./dev run, then ./dev test
#
# All processes in it have a mount and a PID namespace of their own. Both end with the first of
# those processes, however it ends, so no mount and no process can be left over. Only then is
# the folder removed, from outside, where nothing was ever mounted.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly CLONE=/home/lutist # in the new system
readonly KEPT='^(PIP_.*|SSL_CERT_.*|[A-Z]+_CA_BUNDLE|(https?|no|all)_proxy)$'

cannot() {
  printf 'dev: %s\n' "$*" >&2
  exit 4
}

# The mirror that this machine's apt uses for Debian 12; nothing where it uses none.
mirror() {
  # shellcheck disable=SC2016 # apt's own variables
  apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    sed -n 's/^bookworm //p' | head -n 1
}

# copy ROOT PATH…: what exists of the paths, to the same place in the new system.
copy() {
  local root=$1 path
  shift
  for path in "$@"; do
    if [ -e "$path" ]; then cp -a --parents "$path" "$root"; fi
  done
}

# How this machine reaches its mirrors and indexes: names, certificates, settings of pip.
let_out() {
  local root=$1
  copy "$root" /etc/hosts /etc/resolv.conf /usr/local/share/ca-certificates /etc/pip.conf
  if [ -n "$(mirror)" ]; then
    rm -rf "$root/etc/apt"
    copy "$root" /etc/apt /usr/share/keyrings
  fi
  local home
  for home in .config/pip .pip; do
    if [ -d ~/"$home" ]; then (cd ~ && cp -a --parents "$home" "$root/root"); fi
  done
  # shellcheck disable=SC2086 # several folders are divided by spaces
  copy "$root" ${PIP_FIND_LINKS:-}
  chroot "$root" update-ca-certificates >/dev/null 2>&1
}

mount_all() {
  mountpoint -q "$1/proc" || mount -t proc proc "$1/proc"
  mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$1/dev/pts"
  mount -t tmpfs -o mode=1777 tmpfs "$1/dev/shm"
  if [ ! -L "$1/dev/ptmx" ]; then ln -sf pts/ptmx "$1/dev/ptmx"; fi
}

# The variables that the new system keeps, as NAME=VALUE, one an element of `kept`.
keep_variables() {
  local name
  kept=(HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
  while read -r name; do
    if [[ ${name,,} =~ ${KEPT,,} ]]; then kept+=("$name=${!name}"); fi
  done < <(compgen -e)
}

# inside ROOT COMMAND…: the first process of the namespaces.
inside() {
  local root=$1 log=build/bare.log
  shift
  printf '\n== making a Debian 12 in %s\n' "$root"
  debootstrap --variant=minbase --include=git,ca-certificates bookworm "$root" \
    ${MIRROR:+"$MIRROR"} >"$log" 2>&1 ||
    cannot "debootstrap could not make a Debian 12 (is the network there?); see $log"
  echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/unsafe-io" # nothing in it is to last
  let_out "$root"
  mount_all "$root"
  git clone -q --no-local . "$root$CLONE"
  [ -z "${LUTIST_BRING:-}" ] || cp -r "$LUTIST_BRING" "$root$CLONE" # beside what is committed
  keep_variables
  printf '\n== in it: %s\n' "$*"
  chroot "$root" /usr/bin/env -i "${kept[@]}" /bin/sh -c "cd $CLONE && exec \"\$@\"" sh "$@"
}

# remove ROOT: ends what runs in it and waits for that, then removes the folder.
remove() {
  trap '' HUP INT TERM
  # The end of a namespace's first process is the end of all of them, and unshare waits for it.
  # shellcheck disable=SC2046 # none or one
  kill -KILL $(cat "/proc/$inner/task/$inner/children" 2>/dev/null) 2>/dev/null || true
  wait "$inner" 2>/dev/null || true
  if grep -qF " $1" /proc/self/mountinfo; then
    echo "dev: something is still mounted in $1, so it stays; see /proc/self/mountinfo" >&2
    return
  fi
  rm -rf --one-file-system "$1"
}

main() {
  command -v debootstrap >/dev/null || cannot "debootstrap is missing; apt-get install debootstrap"
  unshare --mount --pid --fork true 2>/dev/null ||
    cannot "this machine allows no namespaces of mounts and processes, which bare needs"
  [ -n "$(mirror)" ] || apt-get update -qq || true
  MIRROR=$(mirror)
  export MIRROR
  mkdir -p build
  local root
  root=$(mktemp -d "$PWD/build/bare.XXXXXX")
  chmod 755 "$root"
  # A job of its own: what a script merely puts behind itself is deaf to interrupts, and so
  # would be every program that the tests interrupt.
  set -m
  unshare --mount --pid --fork --mount-proc "$BASH" tests/bare.sh --inside "$root" "$@" \
    </dev/null 3>&2 2>/dev/null & # unshare's own words, where its child is killed
  inner=$!
  # shellcheck disable=SC2064 # the root of now
  trap "remove '$root'" EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  local code=0
  wait "$inner" || code=$?
  exit "$code" # this file may have been edited meanwhile, so no more is read of it
}

case "${1:-}" in
--inside)
  shift
  exec 2>&3 3>&-
  inside "$@"
  ;;
'') main sh -c './dev run && ./dev test' ;;
*) main "$@" ;;
esac
