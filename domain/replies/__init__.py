"""The reader that ships: rules over words, no model, no learning.

It reads English, Spanish and the two mixed. A message is an acceptance only when every word of it is understood
and nothing in it objects; see docs/reading-replies.md.
"""

from .reader import RuleReader

__all__ = ["RuleReader"]
