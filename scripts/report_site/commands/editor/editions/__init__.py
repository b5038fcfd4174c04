"""The same company's report of another year: what carries over to it, and how its figures compare."""
