"""Packs of evidence: for a delivery, an award, a dispute, a performer. Each is files that anybody can check."""
