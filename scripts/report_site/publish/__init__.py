"""From the report to files: Markdown, data, pictures, proof by parsing again."""
