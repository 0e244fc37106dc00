"""A number that an account owns: where its texts and calls are told, and how fast it may write."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .instants import rfc2822

TOLL_FREE = ("+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888")

SETTABLE = (
    "FriendlyName",
    "SmsUrl",
    "SmsMethod",
    "SmsApplicationSid",
    "SmsFallbackUrl",
    "SmsFallbackMethod",
    "VoiceUrl",
    "VoiceMethod",
    "VoiceApplicationSid",
    "VoiceFallbackUrl",
    "VoiceFallbackMethod",
    "StatusCallback",
    "StatusCallbackMethod",
)


@dataclass(slots=True)
class Number:
    """One number. `rate` is segments a second. What it sends is dropped with `error` while that is set (30034).

    `verification` is what became of that of a toll-free number: TWILIO_APPROVED, IN_REVIEW, TWILIO_REJECTED.
    """

    phone_number: str
    sid: str
    account_sid: str
    created: datetime
    rate: float = 1.0
    texts: bool = True
    calls: bool = True
    error: int | None = None
    verification: str = "TWILIO_APPROVED"
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def toll_free(self) -> bool:
        """Whether the network itself handles STOP for it."""
        return self.phone_number.startswith(TOLL_FREE)

    def payload(self) -> dict[str, Any]:
        """Give it as the API shows it."""
        uri = f"/2010-04-01/Accounts/{self.account_sid}/IncomingPhoneNumbers/{self.sid}.json"
        return {
            "sid": self.sid,
            "account_sid": self.account_sid,
            "friendly_name": self.settings.get("FriendlyName", self.phone_number),
            "phone_number": self.phone_number,
            "sms_url": self.settings.get("SmsUrl", ""),
            "sms_method": self.settings.get("SmsMethod", "POST"),
            "sms_fallback_url": self.settings.get("SmsFallbackUrl", ""),
            "sms_fallback_method": self.settings.get("SmsFallbackMethod", "POST"),
            "sms_application_sid": self.settings.get("SmsApplicationSid", ""),
            "voice_url": self.settings.get("VoiceUrl", ""),
            "voice_method": self.settings.get("VoiceMethod", "POST"),
            "voice_fallback_url": self.settings.get("VoiceFallbackUrl", ""),
            "voice_fallback_method": self.settings.get("VoiceFallbackMethod", "POST"),
            "voice_application_sid": self.settings.get("VoiceApplicationSid", ""),
            "voice_caller_id_lookup": False,
            "voice_receive_mode": "voice",
            "status_callback": self.settings.get("StatusCallback", ""),
            "status_callback_method": self.settings.get("StatusCallbackMethod", "POST"),
            "capabilities": {"voice": self.calls, "sms": self.texts, "mms": self.texts, "fax": False},
            "address_requirements": "none",
            "address_sid": None,
            "api_version": "2010-04-01",
            "beta": False,
            "bundle_sid": None,
            "date_created": rfc2822(self.created),
            "date_updated": rfc2822(self.created),
            "emergency_address_sid": None,
            "emergency_address_status": "unregistered",
            "emergency_status": "Inactive",
            "identity_sid": None,
            "origin": "twilio",
            "status": "in-use",
            "trunk_sid": None,
            "type": "toll-free" if self.toll_free else "local",
            "uri": uri,
        }
