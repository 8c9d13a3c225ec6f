"""审计: who did what, the custody of a thing, and whether anything was altered outside the program."""
