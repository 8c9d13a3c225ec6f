"""The command line: the same rooms as the window, one file for each family of commands."""
