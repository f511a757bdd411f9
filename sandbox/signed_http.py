"""Keeps delivery by HTTP: the shape of each request and the signature that proves it comes from here.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import hashlib
import hmac
import json
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit

import aiohttp

from sandbox.clock import real_seconds
from sandbox.delivery import Parcel, Receipt
from sandbox.records import Json

FORM = "application/x-www-form-urlencoded"


class SignedHttp:
    """We call the app: every payload is a signed POST to its request URL."""

    def __init__(self, url: str, signing_secret: str) -> None:
        host = urlsplit(url).hostname or ""
        if host != "localhost" and not _is_loopback(host):
            raise ValueError("The sandbox delivers on this machine only: the request URL must be a loopback address.")
        self.url = url
        self._secret = signing_secret
        self._session: aiohttp.ClientSession | None = None

    async def deliver(self, parcel: Parcel, within: float) -> Receipt:
        """One signed request; only a 2xx answer in time is an acknowledgement."""
        content_type, body = _encode(parcel)
        headers = {"Content-Type": content_type, **self._signature(body), **_retry_headers(parcel)}
        try:
            timeout = aiohttp.ClientTimeout(total=within)
            async with self._open().post(self.url, data=body, headers=headers, timeout=timeout) as response:
                return await _receipt(response)
        except TimeoutError:
            return Receipt(False, reason="http_timeout")
        except aiohttp.ClientError:
            return Receipt(False, reason="connection_failed")

    async def close(self) -> None:
        """Close the connections that are kept open."""
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        self._session = self._session or aiohttp.ClientSession()
        return self._session

    def _signature(self, body: bytes) -> dict[str, str]:
        moment = str(int(real_seconds()))
        base = b"v0:" + moment.encode() + b":" + body
        signature = hmac.new(self._secret.encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={signature}"}


def _encode(parcel: Parcel) -> tuple[str, bytes]:
    if parcel.kind == "events_api":
        return "application/json", json.dumps(parcel.payload).encode()
    fields = parcel.payload if parcel.kind == "slash_commands" else {"payload": json.dumps(parcel.payload)}
    return FORM, urlencode(fields).encode()


def _retry_headers(parcel: Parcel) -> dict[str, str]:
    # https://docs.slack.dev/apis/events-api : x-slack-retry-num, x-slack-retry-reason
    if not parcel.retry_attempt:
        return {}
    return {"X-Slack-Retry-Num": str(parcel.retry_attempt), "X-Slack-Retry-Reason": parcel.retry_reason}


async def _receipt(response: aiohttp.ClientResponse) -> Receipt:
    text = await response.text()
    if response.status // 100 != 2:
        may_retry = response.headers.get("X-Slack-No-Retry") != "1"
        return Receipt(False, reason="http_error", may_retry=may_retry)
    return Receipt(True, _body(response.content_type, text))


def _body(content_type: str, text: str) -> Json | None:
    if not text:
        return None
    if content_type != "application/json":
        return {"text": text}
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
