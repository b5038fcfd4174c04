"""Everything that people edit, read and validated here and nowhere else."""
