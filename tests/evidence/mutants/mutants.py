"""Deliberate breakages of the real code, each of which the simulator must find; each rule has at least one."""

from . import batches as mutants_batches
from . import claims as mutants_claims
from . import memory as mutants_memory
from . import messages as mutants_messages
from . import on_call as mutants_on_call
from . import parts as mutants_parts
from .breaking import Mutant

MUTANTS: tuple[Mutant, ...] = (
    *mutants_batches.MUTANTS,
    *mutants_claims.MUTANTS,
    *mutants_memory.MUTANTS,
    *mutants_messages.MUTANTS,
    *mutants_on_call.MUTANTS,
    *mutants_parts.MUTANTS,
)
