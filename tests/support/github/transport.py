"""The emulator behind a client's transport: no port and no thread."""

from __future__ import annotations

import httpx

from support.github.emulator import AnswerStalled, ConnectionDropped, Emulator


class EmulatorTransport(httpx.BaseTransport):
    """Hands each request to an emulator."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            reply = self.emulator.respond(
                request.method, str(request.url), request.headers, request.read()
            )
        except ConnectionDropped:
            raise httpx.RemoteProtocolError("the server hung up", request=request) from None
        except AnswerStalled:
            raise httpx.ReadTimeout("timed out", request=request) from None
        return httpx.Response(reply.status, headers=reply.headers, content=reply.body)
