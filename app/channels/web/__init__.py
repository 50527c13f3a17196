"""Citizens on the web: pages without script or cookie."""
