"""The product in Chromium, served as in production: over https, by processes of its own."""
