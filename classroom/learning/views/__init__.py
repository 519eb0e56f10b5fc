"""The pages of learning; a file is a blueprint, and only `create_app` imports them."""
