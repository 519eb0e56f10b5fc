"""What tests and benchmarks start beside themselves: a PostgreSQL, the product in processes of its own, other programs."""
