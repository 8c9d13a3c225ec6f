"""报表: what is printed of a case, and where a file goes that leaves the archive."""
