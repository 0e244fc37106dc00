"""Tests for what you write against firstyes' interfaces. Needs pytest, which the package itself does not."""

import pytest

pytest.register_assert_rewrite(f"{__name__}.carrier_contract")

from .carrier_contract import CarrierContract, a_parcel, send  # noqa: E402 - after what rewrites its asserts

__all__ = ["CarrierContract", "a_parcel", "send"]
