"""Everything that differs between installations, read once from the environment."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DEMO_SECRET = "yougou-demo-secret-not-for-production"  # noqa: S105 - refused in production
DEMO_KEY_RING = "demo:jXygGJ6d2l/oc95IaCfAIlOOI+JZVB9U2bGNURgVujo="
DEMO_INDEX_KEY = "yougou-demo-index-key-not-for-production"
DEMO_WECHAT_SECRET = "yougou-demo-wechat-secret"  # noqa: S105 - the stand-in's

DEMO_PUSH_TOKEN = "yougou-demo-push-token"  # noqa: S105 - the stand-in's
DEMO_PUSH_KEY = "demoDemoDemoDemoDemoDemoDemoDemoDemoDemoDem"


class Environment(StrEnum):
    """How strict the program is about what it serves."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class DemoSecretError(RuntimeError):
    """Production was started with a secret everybody can read in this file."""


class MissingAddressError(RuntimeError):
    """An address this program cannot do without is not in the environment."""


def _origins(value: object) -> object:
    """A list as one writes it in an environment variable: with commas."""
    return [each.strip() for each in value.split(",") if each.strip()] if isinstance(value, str) else value


def _origin(value: str) -> str:
    """An origin as browsers write it: `https://admin.example.com`, nothing behind the host and its port."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or value != f"{parts.scheme}://{parts.netloc}" or "*" in value:
        raise ValueError(f"{value} is no origin: write it like https://admin.example.com")
    return value


class Settings(BaseSettings):
    """The settings, frozen. Each field's environment variable is its alias; `yougou doctor` lists them."""

    model_config = SettingsConfigDict(frozen=True, populate_by_name=True, extra="ignore", env_ignore_empty=True)

    env: Environment = Field(default=Environment.DEVELOPMENT, alias="YOUGOU_ENV")
    port: int = Field(default=8000, alias="PORT", ge=1, le=65535)
    host: str = Field(default="127.0.0.1", alias="HOST")
    database_url: str | None = Field(default=None, alias="DATABASE_URL")  # role yougou_app; none: the embedded one
    database_owner_url: str | None = Field(default=None, alias="DATABASE_OWNER_URL")  # role yougou_owner, migrations
    redis_url: str | None = Field(default=None, alias="REDIS_URL")
    data_dir: Path = Field(default=Path(".data"), alias="YOUGOU_DATA")
    files_url: str | None = Field(default=None, alias="YOUGOU_FILES")  # file:///folder or s3://bucket/prefix
    upload_image_bytes: int = Field(default=10 * 2**20, alias="YOUGOU_UPLOAD_IMAGE_BYTES", ge=1)
    upload_video_bytes: int = Field(default=50 * 2**20, alias="YOUGOU_UPLOAD_VIDEO_BYTES", ge=1)
    upload_document_bytes: int = Field(default=20 * 2**20, alias="YOUGOU_UPLOAD_DOCUMENT_BYTES", ge=1)
    upload_day_bytes: int = Field(default=300 * 2**20, alias="YOUGOU_UPLOAD_DAY_BYTES", ge=1)  # of one caller
    origins: Annotated[tuple[Annotated[str, AfterValidator(_origin)], ...], NoDecode, BeforeValidator(_origins)] = (
        Field(default=(), alias="YOUGOU_ORIGINS")
    )  # sites whose pages may call us from a browser (CORS)
    secret: SecretStr = Field(default=SecretStr(DEMO_SECRET), alias="YOUGOU_SECRET")
    key_ring: SecretStr = Field(default=SecretStr(DEMO_KEY_RING), alias="YOUGOU_KEY_RING")  # id:base64, newest first
    index_key: SecretStr = Field(default=SecretStr(DEMO_INDEX_KEY), alias="YOUGOU_INDEX_KEY")  # never changes
    wechat_url: str = Field(default="https://api.weixin.qq.com", alias="WECHAT_URL")
    wechat_appid: str = Field(default="wx-demo", alias="WECHAT_APPID")
    wechat_secret: SecretStr = Field(default=SecretStr(DEMO_WECHAT_SECRET), alias="WECHAT_SECRET")
    wechat_templates: str = Field(default="", alias="WECHAT_TEMPLATES")  # ORDER_READY=id,... of the console's templates
    wechat_push_token: SecretStr = Field(default=SecretStr(DEMO_PUSH_TOKEN), alias="WECHAT_PUSH_TOKEN")
    wechat_push_key: SecretStr = Field(default=SecretStr(DEMO_PUSH_KEY), alias="WECHAT_PUSH_KEY")  # EncodingAESKey
    wechat_pay_url: str = Field(default="https://api.mch.weixin.qq.com", alias="WECHAT_PAY_URL")
    wechat_pay_mchid: str | None = Field(default=None, alias="WECHAT_PAY_MCHID")  # none: nobody can pay
    wechat_pay_serial: str = Field(default="", alias="WECHAT_PAY_SERIAL")  # of the merchant's certificate
    wechat_pay_key_file: Path | None = Field(default=None, alias="WECHAT_PAY_KEY_FILE")  # apiclient_key.pem
    wechat_pay_public_keys: str = Field(default="", alias="WECHAT_PAY_PUBLIC_KEYS")  # PUB_KEY_ID_...=file,serial=file
    wechat_pay_apiv3_key: SecretStr = Field(default=SecretStr(""), alias="WECHAT_PAY_APIV3_KEY")
    wechat_pay_notify_url: str | None = Field(default=None, alias="WECHAT_PAY_NOTIFY_URL")  # .../wechat-pay/notify
    pool_size: int = Field(default=10, alias="YOUGOU_POOL_SIZE", ge=1, le=200)
    deadline: float = Field(default=10, alias="YOUGOU_DEADLINE", gt=0, le=300)  # seconds an execution may take
    # A bucket fills by so many points of app.http.cost a second: that of a caller, and that of an address, behind which
    # a whole office or a mobile network may be. The home page costs 742.
    caller_points: int = Field(default=1_000, alias="YOUGOU_CALLER_POINTS", ge=1, le=10**9)
    address_points: int = Field(default=20_000, alias="YOUGOU_ADDRESS_POINTS", ge=1, le=10**9)
    trusted_hops: int = Field(default=0, alias="YOUGOU_TRUSTED_HOPS", ge=0, le=9)  # proxies in front, each ours
    documents_grace_days: int = Field(default=14, alias="YOUGOU_DOCUMENTS_GRACE_DAYS", ge=1, le=3650)
    log_level: str = Field(default="info", alias="YOUGOU_LOG_LEVEL", pattern="^(debug|info|warning|error)$")
    log_json: bool = Field(default=False, alias="YOUGOU_LOG_JSON")

    @property
    def is_production(self) -> bool:
        """Whether demo secrets, free documents and sample tokens are refused."""
        return self.env is Environment.PRODUCTION

    def refuse_demo_secret(self) -> None:
        """Lets production start only with a secret and a key ring of its own.

        Raises:
            DemoSecretError: it has none.
        """
        if self.is_production and self.secret.get_secret_value() == DEMO_SECRET:
            raise DemoSecretError("YOUGOU_SECRET is not set: openssl rand -base64 32 makes one")
        if self.is_production and self.index_key.get_secret_value() == DEMO_INDEX_KEY:
            raise DemoSecretError("YOUGOU_INDEX_KEY is not set: openssl rand -base64 32 makes one; never change it")
        if self.is_production and self.wechat_secret.get_secret_value() == DEMO_WECHAT_SECRET:
            raise DemoSecretError("WECHAT_APPID and WECHAT_SECRET are not set: the mini-program's console shows them")
        pushed = self.wechat_push or ("", "")
        if self.is_production and (pushed[0] == DEMO_PUSH_TOKEN or pushed[1] == DEMO_PUSH_KEY):
            raise DemoSecretError("WECHAT_PUSH_TOKEN and WECHAT_PUSH_KEY go together: the console shows both")
        if self.is_production and not self.can_be_paid:
            raise DemoSecretError("WECHAT_PAY_MCHID, its keys and WECHAT_PAY_NOTIFY_URL are not set: nobody could pay")
        if self.is_production and DEMO_KEY_RING in self.key_ring.get_secret_value():
            raise DemoSecretError('YOUGOU_KEY_RING is not set: echo "k1:$(openssl rand -base64 32)" makes one')

    @property
    def wechat_push(self) -> tuple[str, str] | None:
        """Token and key of what WeChat tells by itself; None where production was given none: it is not used there."""
        token, key = self.wechat_push_token.get_secret_value(), self.wechat_push_key.get_secret_value()
        return None if self.is_production and token == DEMO_PUSH_TOKEN and key == DEMO_PUSH_KEY else (token, key)

    @property
    def database(self) -> str:
        """Where the serving role finds the database.

        Raises:
            MissingAddressError: DATABASE_URL is not set.
        """
        return _given(self.database_url, "DATABASE_URL")

    @property
    def database_owner(self) -> str:
        """Where the migrating role finds the database.

        Raises:
            MissingAddressError: DATABASE_OWNER_URL is not set.
        """
        return _given(self.database_owner_url, "DATABASE_OWNER_URL")

    @property
    def redis(self) -> str:
        """Where Redis is.

        Raises:
            MissingAddressError: REDIS_URL is not set.
        """
        return _given(self.redis_url, "REDIS_URL")

    @property
    def can_be_paid(self) -> bool:
        """Whether a merchant is named, and where WeChat Pay finds the shop."""
        return self.wechat_pay_mchid is not None and self.wechat_pay_notify_url is not None

    @property
    def notify_url(self) -> str:
        """Where WeChat Pay tells the shop of money: the address given, else this machine's."""
        return self.wechat_pay_notify_url or f"http://127.0.0.1:{self.port}/wechat-pay/notify"

    @property
    def files(self) -> str:
        """Where the shop's files are: the address given, else the folder `files` among the data."""
        return self.files_url or (self.data_dir.absolute() / "files").as_uri()


def _given(value: str | None, name: str) -> str:
    if value is None:
        raise MissingAddressError(f"{name} is not set: set it, or run `yougou demo`, which brings its own servers")
    return value
