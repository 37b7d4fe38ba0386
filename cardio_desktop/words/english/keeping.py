"""What is said of the audit trail, of backups, and of a clinic's database."""

from __future__ import annotations

SENTENCES = {
    "audit-unreadable": "{count} entries cannot be read: their bytes were changed.",
    "audit-missing": "Entries {first} to {last} of the chain {chain} are missing.",
    "audit-twice": "Entry {number} of the chain {chain} is there twice.",
    "audit-out-of-place": "Entry {number} of the chain {chain} does not follow the one before it: entries were "
    "exchanged or changed.",
    "audit-changed": "Entry {number} of the chain {chain} is not what was written.",
    "audit-cut": "Entries {first} to {last} at the end of the chain {chain} are missing.",
    "audit-written-anew": "The chain {chain} was written anew up to entry {number}: its digest is not the one that was "
    "kept elsewhere.",
    "audit-no-head": "Nothing is kept elsewhere of the chain {chain}: it cannot be told whether its last entries were "
    "removed.",
    "audit-limits": "What this cannot find: a data folder that was put back whole to an earlier day, unless its count "
    "and digest were noted elsewhere (--head) or stand in the clinic's database.",
    "audit-sound": "Sound: {count} entries; chains: {chains}.",
    "store-not-there": "there is no such file",
    "store-name-folder": "name the data folder with --data",
    "store-unreadable": "it cannot be read ({why})",
    "store-open-first": "start the program once, which saves what can be read of it",
    "clinic-file": "{file} does not name the clinic's database; write a line such as database = "
    '"postgresql://reader@server/ecg" into it, or remove it.',
    "clinic-address": "{source} names no PostgreSQL database; the address begins with postgresql://.",
    "clinic-away": "The clinic's database cannot be used ({why}); check address and network.",
    "audit-others-here": "The database holds {count} more chains of this computer: of other users' folders, or "
    "of a folder that is gone.",
    "backup-exists": "there is such a file already",
    "backup-other-name": "choose another name, or add --replace",
    "backup-damaged": "the backup is damaged, and nothing was restored",
    "backup-salvage": "take another one, or add --salvage to get back what is intact",
    "backup-newer": "it was made by a later version of the program ({version})",
    "backup-install": "install that version",
    "backup-older": "The backup is of an earlier version ({version}) and was brought up to date.",
    "backup-made": "{count} items are in the backup; it was read again and is sound.",
    "backup-restored": "Came back: {added} items and {entries} entries of the audit trail; words joined: {joined}; "
    "stayed as they are here: {kept}.",
    "backup-salvaged": "The backup is damaged: {count} items in it are intact.",
    "backup-lost": "Lost: {count} items.",
    "backup-lost-unknown": "How many are lost cannot be told.",
    "backup-other-key": "The key of the pseudonyms here is another one than the backup's, and stays.",
    "backup-in-use": "The program is running and uses {folder}; close it first, or leave --replace out.",
    "backup-aside": "What was there is now {file}.",
    "audit-not-written": "The files were written, but the audit trail could not be; start the program, which mends it.",
}
