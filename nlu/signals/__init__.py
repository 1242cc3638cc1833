"""What words alone say of a message, whichever classifier read it. Pure."""
