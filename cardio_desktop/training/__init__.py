"""Training of the network; needs torch."""
