"""What everybody talks about: records, leads, units, paper, findings. No Qt, no I/O, numpy only."""
