#!/bin/sh
# Installs Cardio Desktop for one user, without rights: everything below ~/.local, and an uninstaller beside it.
# CARDIO_PREFIX names another place than ~/.local.
set -eu
prefix=${CARDIO_PREFIX:-"$HOME/.local"}
program="$prefix/opt/cardio-desktop"
share="$prefix/share"
list="$program/.installed"

if [ -e "$program" ] && [ ! -e "$list" ]; then
  echo "$program exists and is not of this installer; move it away first." >&2
  exit 1
fi
[ ! -x "$program/uninstall" ] || "$program/uninstall" --quiet

mkdir -p "$prefix/opt" "$prefix/bin" "$share"
cp -R program "$program"
: > "$list"
(cd share && find . -type f) | while IFS= read -r file; do
  mkdir -p "$share/$(dirname "$file")"
  cp "share/$file" "$share/$file"
  printf '%s\n' "$share/${file#./}" >> "$list"
done
entry="$share/applications/cardio-desktop.desktop"
# Quotes for a home with spaces; & and \ mean something to sed.
escaped=$(printf '%s' "$program/cardio-desktop" | sed 's/[&\\|]/\\&/g')
sed "s|@PROGRAM@|\"$escaped\"|" "$entry" > "$entry.new"
mv "$entry.new" "$entry"
ln -sf "$program/cardio-desktop" "$prefix/bin/cardio-desktop"
printf '%s\n' "$prefix/bin/cardio-desktop" >> "$list"

cat > "$program/uninstall" <<'END'
#!/bin/sh
# Removes what the installer wrote; readings and settings stay.
set -eu
program=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
share=$(CDPATH= cd -- "$program/../../share" && pwd)
while IFS= read -r file; do rm -f "$file"; done < "$program/.installed"
rm -rf "$program"
for tool in "update-desktop-database $share/applications" "update-mime-database $share/mime"; do
  set -- $tool
  if command -v "$1" >/dev/null 2>&1; then "$1" "$2" >/dev/null 2>&1 || true; fi
done
# Folders that are empty now were made by us, or are missed by nobody.
find "$share/applications" "$share/icons/hicolor" "$share/man" "$share/metainfo" "$share/mime/packages" \
  -depth -type d -empty -exec rmdir {} \; 2>/dev/null || true
rmdir "$program/.." 2>/dev/null || true
[ "${1:-}" = --quiet ] || echo "Cardio Desktop was removed; readings and settings stay."
END
chmod +x "$program/uninstall"
for tool in update-desktop-database:applications update-mime-database:mime; do
  if command -v "${tool%%:*}" >/dev/null 2>&1; then "${tool%%:*}" "$share/${tool#*:}" >/dev/null 2>&1 || true; fi
done
echo "Cardio Desktop is installed: $prefix/bin/cardio-desktop. To remove it: $program/uninstall"
