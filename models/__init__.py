"""What it is: the vocabulary of the archive, its tables and their migrations."""
