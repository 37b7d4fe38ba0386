#!/bin/sh
# Makes dist/cardio-desktop-VERSION-ARCH.dmg of the bundle that `python packaging/dev.py package` leaves; on macOS only.
#   CARDIO_SIGN_IDENTITY   "Developer ID Application: ..." signs bundle and image (the spec has signed the libraries)
#   CARDIO_NOTARY_PROFILE  profile of `xcrun notarytool store-credentials`: has Apple notarise the image, and staples it
set -eu
cd "$(dirname "$0")/../.."
app="dist/Cardio Desktop.app"
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' cardio_desktop/__init__.py)
image="dist/cardio-desktop-$version-$(uname -m).dmg"
[ -d "$app" ] || { echo "$app is missing; run: python packaging/dev.py package" >&2; exit 1; }

if [ -n "${CARDIO_SIGN_IDENTITY:-}" ]; then
  codesign --force --options runtime --timestamp --entitlements packaging/macos/entitlements.plist \
    --sign "$CARDIO_SIGN_IDENTITY" "$app"
fi
codesign --verify --deep --strict "$app"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
rm -f "$image"
hdiutil create -volname "Cardio Desktop" -srcfolder "$stage" -format UDZO "$image"

if [ -n "${CARDIO_SIGN_IDENTITY:-}" ]; then
  codesign --timestamp --sign "$CARDIO_SIGN_IDENTITY" "$image"
fi
if [ -n "${CARDIO_NOTARY_PROFILE:-}" ]; then
  xcrun notarytool submit "$image" --keychain-profile "$CARDIO_NOTARY_PROFILE" --wait
  xcrun stapler staple "$image"
fi
echo "$image"
