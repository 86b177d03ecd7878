"""The shop's pages, and the address that the service calls."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated

import cloudauth
from fastapi import BackgroundTasks, Cookie, FastAPI, Form, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from .flow import Flow
from .settings import Settings
from .store import Store
from .words import BROKEN, Words, words

_HERE = Path(__file__).parent

# The id of the verification. A shop with accounts keeps it with the account.
_COOKIE = "verification"
Id = Annotated[str | None, Cookie(alias=_COOKIE)]


def from_environment() -> FastAPI:
    return create_app(Settings.from_environment())


def create_app(settings: Settings) -> FastAPI:
    templates = Jinja2Templates(_HERE / "templates")
    flow: Flow

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        nonlocal flow
        async with cloudauth.AsyncClient(**settings.client) as client:
            with contextlib.closing(Store(settings.database)) as store:
                flow = Flow(client, store, settings)
                sweep = asyncio.create_task(flow.sweep())
                yield
                sweep.cancel()

    app = FastAPI(lifespan=lifespan, openapi_url=None)
    app.mount("/static", StaticFiles(directory=_HERE / "static"))

    def page(request: Request, words: Words, state: str, status_code: int = 200) -> Response:
        context = {"words": words, "state": state, "client_script": settings.client_script}
        headers = {"cache-control": "no-store"}
        return templates.TemplateResponse(request, "page.html", context, status_code=status_code, headers=headers)

    @app.get("/")
    async def show(request: Request, id: Id = None) -> Response:
        verification = await flow.look(id)
        return page(request, words(verification), verification.state if verification else "new")

    @app.get("/state")
    async def state(id: Id = None) -> str:
        verification = await flow.look(id)
        return verification.state if verification else "new"

    @app.post("/verifications")
    async def start(meta_info: Annotated[str, Form()]) -> Response:
        id, url = await flow.start(meta_info)
        response = RedirectResponse(url, status_code=303)
        response.set_cookie(_COOKIE, id, httponly=True, samesite="lax", secure=settings.url.startswith("https:"))
        return response

    @app.get("/verified")
    async def verified(request: Request, later: BackgroundTasks) -> Response:
        try:
            callback = cloudauth.parse_callback(request.url.query, flow.token)
        except cloudauth.AuthenticationError:
            return Response(status_code=403)
        except cloudauth.InvalidArgumentError:
            return Response(status_code=400)
        # The answer goes first. What the callback says of the verdict is not read: anyone can write it.
        later.add_task(flow.settle, callback["transaction_id"])
        return Response()

    @app.exception_handler(cloudauth.Error)
    async def broken(request: Request, _: Exception) -> Response:
        return page(request, BROKEN, "broken", 503)

    return app
