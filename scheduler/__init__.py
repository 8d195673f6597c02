"""What time makes happen: planning reminders and delivering them."""
