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
}
