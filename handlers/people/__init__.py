"""Who is who, who looks after what, and which chat sees which series."""
