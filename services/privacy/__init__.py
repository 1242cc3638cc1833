"""Personal data in residents' words: found, and replaced by typed placeholders.

Nothing leaves a message for an example, a label or a list of corrections without this.
"""

from services.privacy.mask import Masker, masker_of
from services.privacy.placeholders import Placeholder, learnt

__all__ = ["Masker", "Placeholder", "learnt", "masker_of"]
