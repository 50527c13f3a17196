"""Sites, surveys and staff, kept by the administrator."""
