"""The trade's rules: no I/O, no framework, no clock."""
