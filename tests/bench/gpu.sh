#!/bin/sh
# lutist's kernels on an OpenCL device, checked and measured, as one JSON object on stdout. Nothing
# is built or installed: what is missing is told, with exit code 4.
#
#     tests/bench/gpu.sh                     # the first graphics card, else the first device
#     tests/bench/gpu.sh --device NAME --megapixels 10
#
# The arguments are those of `lutist bench kernels`. LUTIST=PATH names the program; the default is
# build/release/bin/lutist, or what PATH has.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

missing() {
    echo "gpu.sh: $1" >&2
    exit 4
}

# Does the machine have this library?
has() {
    for file in /usr/lib/*/"$1" /usr/lib64/"$1" /usr/local/lib/"$1"; do
        [ ! -e "$file" ] || return 0
    done
    { ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null || true; } | grep -q "$1"
}

lutist=${LUTIST:-$here/../../build/release/bin/lutist}
[ -x "$lutist" ] || lutist=$(command -v lutist) ||
    missing "no lutist here: build it (./dev build), or name it by LUTIST=PATH"

nvidia=libnvidia-opencl.so.1
vendors=${OCL_ICD_VENDORS:-/etc/OpenCL/vendors}
if has $nvidia && [ -z "${OCL_ICD_VENDORS:-}" ] && ! grep -qs nvidia "$vendors"/*.icd; then
    # A container often gets the driver without the file that tells the loader of it.
    mkdir "$work/vendors"
    cp "$vendors"/*.icd "$work/vendors/" 2>/dev/null || true
    echo $nvidia >"$work/vendors/nvidia.icd"
    OCL_ICD_VENDORS=$work/vendors
    export OCL_ICD_VENDORS
    echo "gpu.sh: $nvidia has no .icd file in $vendors; one is used for this run" >&2
fi

found=$("$lutist" doctor | grep '^opencl' || true)
case $found in
"opencl device "*) ;;
*libOpenCL*)
    if has $nvidia; then
        missing "the driver's $nvidia is here, the loader libOpenCL.so.1 is not: \
apt-get install ocl-icd-libopencl1"
    fi
    missing "${found#opencl: MISSING: }"
    ;;
*) missing "${found#opencl: MISSING: }" ;;
esac
echo "$found" >&2

"$lutist" bench kernels --verify --json "$work/kernels.json" "$@" >&2
printf '%s\n' "$found" >"$work/devices"
"$lutist" run "$here/device/device_summary.py" "$work/kernels.json" "$work/devices"
