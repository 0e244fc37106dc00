"""`make twilio`: the server by itself, for programs in other processes."""

import signal

import click

from .server import serving

ENDS = (signal.SIGINT, signal.SIGTERM)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8090, show_default=True)
@click.option("--number", "numbers", multiple=True, default=["+15035550100"], show_default=True)
@click.option("--sms-url", default="", help="Where texts to the numbers are told.")
@click.option("--voice-url", default="", help="Where calls to the numbers are told.")
@click.option("--seed", default=0, show_default=True, help="Decides every identifier and secret.")
def main(host: str, port: int, numbers: tuple[str, ...], sms_url: str, voice_url: str, seed: int) -> None:
    """Speak Twilio's protocol until interrupted."""
    # From the first moment, and in every thread: whoever reads that it listens may stop it at once.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
    with serving(host=host, port=port, seed=seed) as server:
        for number in numbers:
            server.number(number, SmsUrl=sms_url, VoiceUrl=voice_url)
        click.echo(f"listens at   {server.base_url}")
        click.echo(f"account      {server.sid}")
        click.echo(f"auth         {server.token}")
        click.echo(f"numbers      {' '.join(numbers)}")
        signal.sigwait(ENDS)
    click.echo("stopped")


if __name__ == "__main__":
    main()
