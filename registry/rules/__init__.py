"""Rule packs: one instrument, one YAML file, conditions in CEL, type-checked against the fact dictionary."""
