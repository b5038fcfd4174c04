"""Beside converting: a site and its copies, archives, publishing, pages for the editor; what commands share."""
