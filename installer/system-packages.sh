#!/bin/sh
# Installs the Debian/Ubuntu packages that Lantai needs; with --test also those that only its tests need, with --bench its peers.
# Already there: says nothing and returns. No root: prints the exact line and returns 3.
set -eu
run="python3 python3-venv ca-certificates libegl1 libgl1 libfontconfig1 libdbus-1-3 libxkbcommon0 libxkbcommon-x11-0 libglib2.0-0
libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0
libxcb-xkb1 libvlc5 vlc-plugin-base libvlc-bin fonts-noto-cjk xvfb xauth"
case "${1:-}" in
  --test) run="$run dbus gnome-keyring" ;;
  --bench) run="$run mpv" ;;
esac

command -v dpkg-query >/dev/null 2>&1 || { echo "No Debian packages here: install the like of: $run" >&2; exit 0; }
there() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q "ok installed"; }
missing=""
for package in $run; do
  # Ubuntu since 24.04 and Debian since 13 ship some libraries under a name with t64.
  there "$package" || there "${package}t64" || missing="$missing $package"
done
# python3 and its venv may come from elsewhere (pyenv, conda): what counts is that a virtual environment can be made.
if python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  missing=$(printf '%s ' $missing | sed 's/python3-venv//; s/\bpython3\b//')
fi
[ -n "$(printf '%s' "$missing" | tr -d ' ')" ] || exit 0
line="apt-get install -y --no-install-recommends $(echo $missing)"
if [ "$(id -u)" = 0 ]; then elevate=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then elevate="sudo"
elif command -v sudo >/dev/null 2>&1 && [ -t 0 ]; then elevate="sudo"
else
  echo "Lantai needs system packages. Run this line as root, then try again:" >&2
  echo "  $line" >&2
  exit 3
fi
$elevate apt-get update -qq
DEBIAN_FRONTEND=noninteractive $elevate $line
