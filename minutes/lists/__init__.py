"""Lists of cases that an office keeps in a sheet → prepared items. The rules in words: docs/lists.md."""
