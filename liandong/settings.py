"""Every setting, in one table: environment variables `LIANDONG_…` or a file `.env`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: domain.yml, nlu/, data/ lie here."""


class Settings(BaseSettings):
    """What an operator may set. Secrets are never printed."""

    model_config = SettingsConfigDict(env_prefix="LIANDONG_", env_file=".env", extra="ignore")

    demo: Annotated[
        bool, Field(description="Sample county, sample cadres to sign in as; loopback only")
    ] = False
    data_dir: Annotated[Path, Field(description="Database, media, logs")] = ROOT / "var"
    database_url: Annotated[
        str, Field(description="sqlite:///… or postgresql://…; empty: SQLite in data_dir")
    ] = ""
    redis_url: Annotated[
        str, Field(description="redis://… to coordinate several processes; empty: one process")
    ] = ""
    host: Annotated[str, Field(description="Address that the web server binds")] = "127.0.0.1"
    port: Annotated[int, Field(description="Its port; 0: a free one", ge=0, le=65535)] = 8420
    public_url: Annotated[
        str, Field(description="https://… under which the outside reaches the web server")
    ] = ""
    secret_key: Annotated[
        SecretStr,
        Field(description="Signs cadres' sessions; empty: made once and kept in data_dir"),
    ] = SecretStr("")

    rasa_url: Annotated[
        str, Field(description="A running Rasa server; empty: one is started as a child process")
    ] = ""
    rasa_python: Annotated[Path, Field(description="Python of Rasa's own environment")] = (
        ROOT / ".venv-rasa" / "bin" / "python"
    )
    project_dir: Annotated[
        Path,
        Field(description="domain.yml and nlu/: what the console edits and models learn from"),
    ] = ROOT
    models_dir: Annotated[Path, Field(description="Trained models")] = ROOT / "models"
    models_kept: Annotated[
        int, Field(description="So many of the newest models keep their files", ge=1)
    ] = 5
    models_kept_days: Annotated[
        int, Field(description="Models younger than so many days keep their files", ge=1)
    ] = 90
    nlu_server: Annotated[
        Literal["lean", "rasa"],
        Field(description="Server of the model: ours, small and quick, or stock `rasa run`"),
    ] = "lean"
    nlu: Annotated[bool, Field(description="Off: the keyword classifier only")] = True
    parse_timeout: Annotated[
        float, Field(description="Seconds to wait for the classifier", gt=0)
    ] = 1.5

    telegram_api: Annotated[str, Field(description="Base address of the Bot API")] = (
        "https://api.telegram.org"
    )
    residents_token: Annotated[
        SecretStr, Field(description="Token of the residents' bot; empty: not started")
    ] = SecretStr("")
    cadres_token: Annotated[
        SecretStr, Field(description="Token of the cadres' bot; empty: not started")
    ] = SecretStr("")
    residents_bot_name: Annotated[
        str, Field(description="User name of the residents' bot for links; empty: none on posters")
    ] = ""
    telegram_webhook_secret: Annotated[
        SecretStr, Field(description="With public_url: webhooks instead of polling")
    ] = SecretStr("")

    poster_font: Annotated[
        str,
        Field(description="Font file for posters; empty: that of Debian's fonts-noto-cjk"),
    ] = ""

    lease_seconds: Annotated[
        float, Field(description="How long a message being sent is left alone", gt=0)
    ] = 30.0
    sweep_seconds: Annotated[
        float, Field(description="How often left-over messages are taken up", gt=0)
    ] = 2.0
    county_seconds: Annotated[
        float, Field(description="How often changed data of the county are looked for", gt=0)
    ] = 5.0
    escalation_seconds: Annotated[
        float, Field(description="How often deadlines are looked at", gt=0)
    ] = 5.0

    @property
    def database(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{self.data_dir / 'liandong.db'}"

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine reaches the web server."""
        return self.host in ("127.0.0.1", "localhost", "::1")
