"""The training archive: staged cases, recordings and papers, made anew on every machine."""
