"""What one administrator asks for and another agrees to, because it opens the way to what people wrote."""
