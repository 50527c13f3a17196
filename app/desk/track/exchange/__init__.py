"""What goes out to other tools, and what comes back from them."""
