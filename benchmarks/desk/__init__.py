"""What `benchmarks/gui.py` stands on: the turns of the window's thread, a person before the window, and the journeys."""
