"""What has been published against signed PDFs, built here from a document of ours.

Each takes the bytes of a signed file and gives those of the attack.

Shadow attacks (hide, replace, hide and replace), incremental saving, signature wrapping, universal forgery, evil
annotation and sneaky signature on certified documents, and what else a revision may be made to carry.
"""

from tests.documents.attacks import revisions, saving, wrapping
from tests.documents.attacks.making import ATTACKS

__all__ = ["ATTACKS", "revisions", "saving", "wrapping"]
