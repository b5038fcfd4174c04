"""From the docs folder to the static site: MkDocs, blocks, preview cards, search index, preview."""

from pathlib import Path

_SHIPPED = Path(__file__).resolve().parent / "shipped"
"""In an installed wheel; `scripts/bundle_theme.py` puts it there."""
PROJECT_ROOT = _SHIPPED if _SHIPPED.is_dir() else Path(__file__).resolve().parents[3]
"""Where mkdocs.yml and overrides/ are: the site layer belongs to the tool, not to one report."""
KEPT = None if _SHIPPED.is_dir() else PROJECT_ROOT / "build" / "cache"
"""Results of earlier runs; an installed package keeps none beside itself."""
