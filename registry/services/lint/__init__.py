"""Reading a draft before it is issued: everything that would make it void, refused or regretted, and what to write."""

from registry.services.lint.draft import Draft, draft_of, draft_of_terms
from registry.services.lint.reading import lint, lint_json
from registry.services.lint.record import issue_record, read_issue_record

__all__ = ["Draft", "draft_of", "draft_of_terms", "issue_record", "lint", "lint_json", "read_issue_record"]
