"""The vault: content is kept encrypted, write-once, and opens only with the data key that the door hands over."""
