"""What Twilio has on record of an account: how it stands, its numbers, its services and what is registered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from ..port import TransientFailure
from .client import VERSION, ApiAnswer, TwilioClient
from .codes import refusal, said
from .settings import TwilioAccount, TwilioSettings

Record = Mapping[str, Any]
"""One thing as the API shows it."""

PAGE = {"PageSize": "100"}
MOST_PAGES = 20
"""Pages of a list that are read."""


@dataclass(frozen=True, slots=True)
class MessagingService:
    """A Messaging Service, and the numbers that send for it."""

    record: Record
    numbers: frozenset[str]

    @property
    def sid(self) -> str:
        """Its identifier."""
        return str(self.record.get("sid"))


class TwilioBooks:
    """Looks up, and changes where texts and calls are told. Every method raises a kind of `SendFailed` when Twilio does not say.

    It asks in the name of the account it is given; the secrets go to the API's own addresses only.
    """

    def __init__(self, settings: TwilioSettings) -> None:
        self._client = TwilioClient(settings)
        self._accounts = f"{settings.base_url}/{VERSION}/Accounts"
        self._messaging = f"{settings.messaging_url}/v1"

    def account(self, account: TwilioAccount) -> ApiAnswer:
        """Give the answer about the account itself, also where it is a refusal."""
        return self._client.ask(account, f"{self._accounts}/{account.sid}.json")

    def lets_in(self, account: TwilioAccount, token: str) -> bool:
        """Whether a token of the account opens it."""
        by_token = {"auth_token": token, "api_key": None, "api_key_secret": None}
        answer = self.account(TwilioAccount.model_validate({"sid": account.sid, **by_token}))
        if answer.status not in (200, 401):
            raise refusal(answer)
        return answer.status == 200

    def balance(self, account: TwilioAccount) -> Record:
        """Give what is left of what was paid in."""
        return self._one(self._client.get(account, "Balance.json", {}))

    def number(self, account: TwilioAccount, number: str) -> Record | None:
        """Give one of its numbers; None where it has none such."""
        answer = self._one(self._client.get(account, "IncomingPhoneNumbers.json", {"PhoneNumber": number}))
        listed = answer.get("incoming_phone_numbers") or ()
        return next((one for one in listed if one.get("phone_number") == number), None)

    def services(self, account: TwilioAccount) -> list[MessagingService]:
        """Give its services, each with its numbers."""
        return [
            MessagingService(
                one,
                frozenset(
                    str(number.get("phone_number"))
                    for number in self._listed(
                        account, f"Services/{one.get('sid')}/PhoneNumbers", "phone_numbers"
                    )
                ),
            )
            for one in self._listed(account, "Services", "services")
        ]

    def campaigns(self, account: TwilioAccount, service: MessagingService) -> list[Record]:
        """Give the campaigns that a service is registered for."""
        return list(self._listed(account, f"Services/{service.sid}/Compliance/Usa2p", "compliance"))

    def brands(self, account: TwilioAccount) -> list[Record]:
        """Give the brands that it has registered."""
        return list(self._listed(account, "a2p/BrandRegistrations", "data"))

    def verifications(self, account: TwilioAccount, number_sid: str) -> list[Record]:
        """Give the verifications of a toll-free number."""
        query = {"TollfreePhoneNumberSid": number_sid}
        return list(self._listed(account, "Tollfree/Verifications", "verifications", query))

    def change_number(self, account: TwilioAccount, number_sid: str, form: Mapping[str, str]) -> None:
        """Change where a number's texts and calls are told."""
        self._one(self._client.post(account, f"IncomingPhoneNumbers/{number_sid}.json", form))

    def change_service(
        self, account: TwilioAccount, service: MessagingService, form: Mapping[str, str]
    ) -> None:
        """Change where a service's texts are told."""
        self._one(self._client.change(account, f"{self._messaging}/Services/{service.sid}", form))

    def close(self) -> None:
        """Let go of connections."""
        self._client.close()

    def _one(self, answer: ApiAnswer) -> Record:
        if answer.status >= 400:
            raise refusal(answer)
        return answer.body

    def _listed(
        self, account: TwilioAccount, path: str, name: str, query: Mapping[str, str] = {}
    ) -> Iterator[Record]:
        url: object = f"{self._messaging}/{path}?{urlencode({**PAGE, **query})}"
        for _ in range(MOST_PAGES):
            answer = self._client.ask(account, str(url))
            listed = self._one(answer).get(name)
            if not isinstance(listed, list):
                raise TransientFailure(f"Twilio does not list its {name}: {said(answer)}")
            yield from listed
            url = (answer.body.get("meta") or {}).get("next_page_url")
            # Wherever else that leads: it is no place for secrets.
            if not isinstance(url, str) or urlsplit(url)[:2] != urlsplit(self._messaging)[:2]:
                return
