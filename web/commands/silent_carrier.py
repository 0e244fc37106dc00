"""A carrier that carries nothing, for commands that open the journal beside the point."""

from ...actors.carriers.port import Capabilities, Parcel, PermanentFailure, Recovery


class SilentCarrier:
    """Has no channel, so that messages stay planned in the journal until a service with a carrier sends them."""

    @property
    def capabilities(self) -> Capabilities:
        """Say that nothing can be sent."""
        return Capabilities(channels=frozenset(), recovery=Recovery.LEAVE)

    def send_text(self, parcel: Parcel) -> str:
        """Refuse; it is never asked to."""
        raise PermanentFailure("nothing is sent from here")

    place_call = send_text

    def cancel(self, carrier_id: str) -> bool:
        """Say that there is nothing to cancel."""
        return False

    def look_up(self, parcel: Parcel) -> str | None:
        """Say that it was never taken."""
        return None

    def close(self) -> None:
        """Let go of nothing."""
