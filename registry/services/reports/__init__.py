"""What a production office takes along from a clearance: the report, slips, letters; laid out, and printed."""
