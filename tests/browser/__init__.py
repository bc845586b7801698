"""Pages in a real browser. A package of its own, so that pytest closes the browser when it leaves it."""
