"""Outside programs and parsers, one file each; whatever reads a stranger's bytes does it in a limited worker."""
