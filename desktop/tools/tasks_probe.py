"""The worker's task `probe`."""
