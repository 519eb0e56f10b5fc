"""Measurements: what a page costs, as a ratio to the same bytes and the same rows without the product around them."""
