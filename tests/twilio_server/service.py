"""A Messaging Service: several numbers that send as one."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .instants import iso8601


@dataclass(slots=True)
class Service:
    """One service. With `advanced_opt_out` an incoming STOP, START or HELP is marked with its `OptOutType`.

    Texts to its numbers go to `settings["InboundRequestUrl"]`, unless `use_number_webhook` leaves them to the numbers.
    `campaign` is the state of its registration: VERIFIED, IN_PROGRESS, FAILED, or None where it was never registered.
    """

    sid: str
    account_sid: str
    created: datetime
    numbers: list[str] = field(default_factory=list)
    friendly_name: str = "A test service"
    advanced_opt_out: bool = False
    use_number_webhook: bool = False
    campaign: str | None = "VERIFIED"
    settings: dict[str, str] = field(default_factory=dict)

    def payload(self, base: str) -> dict[str, Any]:
        """Give it as the API shows it. `base` is where the API lies."""
        url = f"{base}/v1/Services/{self.sid}"
        return {
            "sid": self.sid,
            "account_sid": self.account_sid,
            "friendly_name": self.settings.get("FriendlyName", self.friendly_name),
            "inbound_request_url": self.settings.get("InboundRequestUrl") or None,
            "inbound_method": self.settings.get("InboundMethod", "POST"),
            "fallback_url": self.settings.get("FallbackUrl") or None,
            "fallback_method": self.settings.get("FallbackMethod", "POST"),
            "status_callback": self.settings.get("StatusCallback") or None,
            "use_inbound_webhook_on_number": self.use_number_webhook,
            "us_app_to_person_registered": self.campaign == "VERIFIED",
            "usecase": "notifications",
            "sticky_sender": True,
            "smart_encoding": True,
            "mms_converter": True,
            "fallback_to_long_code": False,
            "area_code_geomatch": True,
            "scan_message_content": "inherit",
            "synchronous_validation": False,
            "validity_period": 36000,
            "date_created": iso8601(self.created),
            "date_updated": iso8601(self.created),
            "url": url,
            "links": {
                "phone_numbers": f"{url}/PhoneNumbers",
                "us_app_to_person": f"{url}/Compliance/Usa2p",
            },
        }
