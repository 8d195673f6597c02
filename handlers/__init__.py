"""What the bot can do; knows no LINE, no Flask, no SQL."""
