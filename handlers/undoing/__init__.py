"""What is taken back: changes by 復原, messages by their author."""
