"""How good the network is, whether its evidence is true, what noise does to it: figures on many records, no torch."""
