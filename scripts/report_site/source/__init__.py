"""From a PDF, a Word file or a text to the blocks and pages of a report: taken in, read, shaped, given a structure.

Four rooms, each of which may import those before it; `convert/` calls them in order.
"""
