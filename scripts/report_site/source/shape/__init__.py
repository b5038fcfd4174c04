"""From classified lines to typed blocks: paragraphs, lists, tables, key figures, figures."""
