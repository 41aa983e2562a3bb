"""The command that serves invented data."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from cursor_marts.cli.next_command import Call
from cursor_marts.errors import CursorMartsError, NextCommand
from cursor_marts.sources.http.wire import DEVELOPMENT_KEY


def simulate(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)] = 8080,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    seed: Annotated[int, typer.Option(help="The same seed gives the same data.")] = 7,
    days: Annotated[int, typer.Option(help="Days of history, up to today.", min=1)] = 90,
    developers: Annotated[int, typer.Option(help="Size of the team.", min=1)] = 12,
    rate_limit: Annotated[
        int, typer.Option(help="Requests a minute, and at once; 0 for no limit.", min=0)
    ] = 100,
    shuffle: Annotated[bool, typer.Option(help="Answer lists in random order.")] = True,
    api_key: Annotated[
        str, typer.Option(help="The key it accepts.", envvar="CURSOR_API_KEY")
    ] = DEVELOPMENT_KEY,
) -> None:
    """Serve an API with invented data, in the manner of the real one.

    Example: python -m cursor_marts simulate --port 8080 --rate-limit 0
    """
    from cursor_marts.simulator import Simulator, generate, serve_forever

    world = generate(seed, days=days, developers=developers)
    simulator = Simulator(
        world,
        api_key=api_key,
        rate_limit=rate_limit or None,
        shuffle=shuffle,
        seed=seed,
        invented=True,
    )
    try:
        serve_forever(
            simulator, host=host, port=port, ready=partial(announce, call=Call.of(context))
        )
    except OSError as error:
        raise CursorMartsError(
            f"cannot listen on {host}:{port}: {error.strerror or error}",
            hint="choose another --port",
        ) from None


def announce(url: str, *, call: Call) -> None:
    """Print the address of the simulator, and a command that uses it; the key is not printed."""
    typer.echo(f"Serving invented data at {url} (Ctrl-C stops it)")
    typer.echo(f"Try: {call.typed(NextCommand('build', options={'source': url}))}")
