"""What the archive does, and whether it may: the rooms that a window, a command line and a test share."""
