"""Importing the sheets of a production office: what one would record, recording it, tracing it and taking it back."""
