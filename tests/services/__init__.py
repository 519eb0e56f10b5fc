"""What tests and benchmarks start beside themselves: a PostgreSQL, the served product, other programs."""
