"""What people said in another language, translated by a person and masked like the text itself."""
