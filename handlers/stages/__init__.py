"""Stages: cases that sleep until another case, or a named event, is reported."""
