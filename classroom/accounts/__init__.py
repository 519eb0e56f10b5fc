"""People. So far: guests, who answered or kept something and are known by a cookie alone."""
