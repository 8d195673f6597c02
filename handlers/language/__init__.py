"""How people are understood: text and slots to commands, and what the bot answers to text that is none."""
