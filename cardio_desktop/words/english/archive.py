"""What is said of a record whose helper process could not tell what is wrong."""

SENTENCES = {
    "record-crashed": "{file}: the program ended while it read this record (status {status}); the others are not "
    "affected. Check the file, and please report it.",
    "record-late": "{file}: it took longer than {limit_s:.0f} s and was given up; give more time with --timeout, or "
    "analyse a part of it with --from and --to.",
    "record-memory": "{file}: there is not enough memory to read it; use fewer processes (--jobs), or analyse a part "
    "of it with --from and --to.",
    "record-fault": "{file}: a fault of the program ({said}); please report it, with CARDIO_DEBUG=1 for details.",
}
