"""Every command as a function of its options."""
