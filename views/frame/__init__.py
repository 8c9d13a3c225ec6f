"""The frame of the window: header, rail and foot."""
