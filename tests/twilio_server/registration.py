"""What is registered with the networks: the brand, a service's campaign, and toll-free numbers."""

from datetime import datetime

from .account import Account
from .context import Context
from .instants import iso8601
from .listing import Payload, newer_page
from .services import Services
from .wire import Request, Response


class Registration:
    """Answers whether an account may write to people in the United States."""

    def __init__(self, context: Context, services: Services) -> None:
        self._context = context
        self._services = services

    def brands(self, request: Request, now: datetime, account: Account) -> Response:
        """Give a page with the account's brand, or with none."""
        shown: list[Payload] = []
        base = self._context.base
        if account.brand:
            sid = f"BN{account.sid[2:]}"
            url = f"{base}/v1/a2p/BrandRegistrations/{sid}"
            shown = [
                {
                    "sid": sid,
                    "account_sid": account.sid,
                    "brand_type": "STANDARD",
                    "status": account.brand,
                    "failure_reason": "Not found" if account.brand == "FAILED" else None,
                    "errors": [],
                    "tcr_id": "B000001" if account.brand == "APPROVED" else None,
                    "identity_status": "VERIFIED" if account.brand == "APPROVED" else "SELF_DECLARED",
                    "mock": False,
                    "date_created": iso8601(now),
                    "date_updated": iso8601(now),
                    "url": url,
                    "links": {"brand_vettings": f"{url}/Vettings"},
                }
            ]
        return newer_page(shown, request, "data", base)

    def campaigns(self, request: Request, now: datetime, account: Account, sid: str) -> Response:
        """Give a page with a service's campaign, or with none."""
        service = self._services.own(sid, account)
        shown: list[Payload] = []
        base = self._context.base
        if service.campaign:
            campaign = f"QE{sid[2:]}"
            shown = [
                {
                    "sid": campaign,
                    "account_sid": account.sid,
                    "brand_registration_sid": f"BN{account.sid[2:]}",
                    "messaging_service_sid": sid,
                    "campaign_status": service.campaign,
                    "campaign_id": "C000001" if service.campaign == "VERIFIED" else None,
                    "us_app_to_person_usecase": "LOW_VOLUME",
                    "errors": [],
                    "rate_limits": {"att": {"mps": 75, "msg_class": "T"}, "tmobile": {"brand_tier": "LOW"}},
                    "is_externally_registered": False,
                    "mock": False,
                    "date_created": iso8601(service.created),
                    "date_updated": iso8601(service.created),
                    "url": f"{base}/v1/Services/{sid}/Compliance/Usa2p/{campaign}",
                }
            ]
        return newer_page(shown, request, "compliance", base)

    def toll_free(self, request: Request, now: datetime, account: Account) -> Response:
        """Give a page of the verifications of toll-free numbers."""
        base, wanted = self._context.base, request.asked("TollfreePhoneNumberSid")
        shown = [
            {
                "sid": f"HH{number.sid[2:]}",
                "account_sid": account.sid,
                "tollfree_phone_number_sid": number.sid,
                "tollfree_phone_number": number.phone_number,
                "status": number.verification,
                "error_code": None,
                "date_created": iso8601(number.created),
                "date_updated": iso8601(number.created),
                "url": f"{base}/v1/Tollfree/Verifications/HH{number.sid[2:]}",
            }
            for number in self._context.numbers.values()
            if number.toll_free and number.account_sid == account.sid and wanted in {None, number.sid}
        ]
        return newer_page(shown, request, "verifications", base)
