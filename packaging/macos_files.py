"""What macOS wants of a bundle: its Info.plist with the kinds of files."""

from __future__ import annotations

from typing import Any

from file_kinds import Kind, own_kinds, shared_suffixes

from cardio_desktop import __version__

BUNDLE_ID = "org.cardio-desktop.CardioDesktop"
OLDEST_MACOS = "13.0"
"""Of the wheels of PySide6 6.8 and later and of onnxruntime 1.20 and later."""


def type_name(kind: Kind) -> str:
    """Return the uniform type identifier of one of our kinds of files."""
    return f"{BUNDLE_ID}.{kind.mime.removeprefix('application/x-')}"


def info_plist() -> dict[str, Any]:
    """Return what PyInstaller puts into Info.plist beside its own."""
    documents: list[dict[str, Any]] = [
        {
            "CFBundleTypeName": kind.title,
            "CFBundleTypeRole": "Viewer",
            "LSHandlerRank": "Default",
            "LSItemContentTypes": [type_name(kind)],
        }
        for kind in own_kinds()
    ]
    documents.append(
        {
            "CFBundleTypeName": "Document that may hold an ECG",
            "CFBundleTypeRole": "Viewer",
            "LSHandlerRank": "Alternate",
            "CFBundleTypeExtensions": [suffix[1:] for suffix in shared_suffixes()],
        }
    )
    declared = [
        {
            "UTTypeIdentifier": type_name(kind),
            "UTTypeDescription": kind.title,
            "UTTypeConformsTo": ["public.data"],
            "UTTypeTagSpecification": {
                "public.filename-extension": [suffix[1:] for suffix in kind.suffixes],
                "public.mime-type": [kind.mime],
            },
        }
        for kind in own_kinds()
    ]
    return {
        "CFBundleName": "Cardio Desktop",
        "CFBundleDisplayName": "Cardio Desktop",
        "CFBundleShortVersionString": __version__,
        "CFBundleLocalizations": ["en", "de"],
        "CFBundleDocumentTypes": documents,
        # Imported: the formats belong to others, whose own declaration goes before ours.
        "UTImportedTypeDeclarations": declared,
        "LSApplicationCategoryType": "public.app-category.medical",
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "Apache License 2.0. Not a certified medical device.",
        "NSSupportsAutomaticGraphicsSwitching": True,
    }
