"""What time makes the bot say, and the commands about time."""
