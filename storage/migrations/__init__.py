"""The Alembic environment: how a database gets from any earlier shape to this one. Run by `storage.migrate`."""
