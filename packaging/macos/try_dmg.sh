#!/bin/sh
# Copies the program out of the built image, as a user would, tries it, and removes it.
set -eu
cd "$(dirname "$0")/../.."
image=$(ls dist/cardio-desktop-*.dmg)
place="$HOME/Applications"
mount=$(mktemp -d)
hdiutil attach -nobrowse -readonly -mountpoint "$mount" "$image"
trap 'hdiutil detach "$mount" || true' EXIT
mkdir -p "$place"
cp -R "$mount/Cardio Desktop.app" "$place/"
plutil -lint "$place/Cardio Desktop.app/Contents/Info.plist"
codesign --verify --deep --strict "$place/Cardio Desktop.app"
python packaging/smoke.py "$place/Cardio Desktop.app/Contents/MacOS/cardio-desktop"
rm -rf "$place/Cardio Desktop.app"
echo "The image works."
