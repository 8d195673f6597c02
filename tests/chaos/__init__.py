"""The chaos run: the whole bot as processes that are killed, beside a LINE that fails, checked against a model."""
