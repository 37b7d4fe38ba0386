"""How much of a record is read at once; cheap to import, for those who only ask how much that is."""

LONGEST_S = 600.0
"""How much of a longer record is analysed unless an end is asked for, in which every beat is delineated, and which the
network is shown at the record's own rate: what a minute of work and a gigabyte of memory allow."""
MOST_S = 6 * 3600.0
"""The longest stretch that is analysed at all: it has to be held in memory."""
