"""The bare pages and the bare rows that the product is measured against."""
