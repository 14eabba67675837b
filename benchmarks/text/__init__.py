"""Text notices: speed and memory, against a plain script in the same run."""
