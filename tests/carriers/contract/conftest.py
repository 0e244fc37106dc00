"""One suite for every carrier."""

from collections.abc import Iterator

import pytest

from firstyes.domain.policy import Channel
from support.carriers_on_trial import CARRIERS, OnTrial


@pytest.fixture(params=sorted(CARRIERS))
def trial(request: pytest.FixtureRequest) -> Iterator[OnTrial]:
    """A carrier to be tried."""
    trial = CARRIERS[request.param]()
    yield trial
    trial.carrier.close()


@pytest.fixture(params=[Channel.SMS, Channel.VOICE])
def channel(request: pytest.FixtureRequest, trial: OnTrial) -> Channel:
    """A channel the carrier has."""
    channel: Channel = request.param
    if channel not in trial.carrier.capabilities.channels:
        pytest.skip("this carrier has no such channel")
    return channel
