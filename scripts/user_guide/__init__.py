"""The user guide: what people wrote in `guide/`, with the pages that the code itself gives, as a site of its own."""
