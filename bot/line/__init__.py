"""LINE: webhook in, messages out, and a local stand-in for the platform."""
