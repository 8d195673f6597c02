"""What units and coordinators change about what is tracked."""
