"""The outside: configuration, web application, command line, LINE."""
