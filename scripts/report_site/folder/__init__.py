"""Everything that people edit, read and validated here and nowhere else."""

import os

# Looking through all installed packages for plugins of Pydantic, which no part of this program has, takes longer than
# reading the folder.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
