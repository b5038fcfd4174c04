"""From the docs folder to the static site: MkDocs, blocks, preview cards, search index, preview."""
