"""cwgrade."""
