"""`python -m bot` is `lieguan`."""

from bot.cli import main

if __name__ == "__main__":
    main(prog_name="lieguan")
