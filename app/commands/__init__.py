"""The subcommands of `stemme`, one module a topic."""
