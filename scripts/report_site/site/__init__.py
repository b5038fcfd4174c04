"""From the docs folder to the static site: MkDocs, blocks, preview cards, search index, preview."""

from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[3]
"""Where mkdocs.yml and overrides/ are: the site layer belongs to the repository, not to one report."""
