"""Read meeting minutes: text in, drafts of cases and decisions out."""
