"""Pages to read: a clearance, or what is on file, laid out as one page."""
