"""Copies of the report beside the site: to print, to read on a device, to keep. They see report and model only."""
