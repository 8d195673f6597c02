"""A chat page on loopback to try the bot without a LINE account, over the local stand-in. See docs/playground.md."""
