"""Tables of who is signed in where."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.accounts.enums import SignInEnd
from app.kit.fields import check, choice, known, ref, unique
from app.kit.personal import Erase, Mask, declare


class SignIn(Model):
    """A phone or a browser somebody signed in on, from signing in to its end: what a client sees as a device."""

    id = fields.BigIntField(primary_key=True)
    customer = ref("Customer", null=True)
    customer_id: int | None
    staff = ref("Staff", null=True)
    staff_id: int | None
    label = fields.CharField(max_length=60)
    created_at = fields.DatetimeField()
    last_seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    end_reason = choice(SignInEnd, null=True)

    class Meta:
        """Listed per person."""

        table = "sign_in"
        indexes = (
            Index(fields=("customer_id", "last_seen_at"), name="sign_in_by_customer"),
            Index(fields=("staff_id", "last_seen_at"), name="sign_in_by_staff"),
            Index(fields=("ended_at",), name="sign_in_by_end"),
        )
        constraints = (
            known("sign_in", "end_reason", SignInEnd),
            check("sign_in", "one_person", "num_nonnulls(customer_id, staff_id) = 1"),
            check("sign_in", "ended_for_a_reason", "(ended_at IS NULL) = (end_reason IS NULL)"),
            check("sign_in", "seen_after_created", "last_seen_at >= created_at AND expires_at > created_at"),
        )


class RefreshToken(Model):
    """A refresh token, kept as a hash: used once for the next one. A second use means that somebody copied it."""

    id = fields.BigIntField(primary_key=True)
    sign_in = ref("SignIn")
    token_hash = fields.BinaryField()
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        """Of a sign-in's tokens one at most can still be used."""

        table = "refresh_token"
        constraints = (
            unique("refresh_token", "token_hash"),
            unique("refresh_token", "sign_in_id", where="used_at IS NULL"),
            check("refresh_token", "hash_length", "octet_length(token_hash) = 32"),
            check("refresh_token", "expires_later", "expires_at > created_at"),
        )


class PhoneCode(Model):
    """A code of WeChat's getPhoneNumber that was asked about: WeChat is paid for each question, so there is one."""

    id = fields.BigIntField(primary_key=True)
    customer = ref("Customer")
    code_hash = fields.BinaryField()
    asked_at = fields.DatetimeField()
    bound_at = fields.DatetimeField(null=True)

    class Meta:
        """A code belongs to who asked first."""

        table = "phone_code"
        indexes = (Index(fields=("asked_at",), name="phone_code_by_age"),)
        constraints = (
            unique("phone_code", "code_hash"),
            check("phone_code", "hash_length", "octet_length(code_hash) = 32"),
        )


declare(
    SignIn,
    plain=("id", "created_at", "last_seen_at", "expires_at", "ended_at", "end_reason"),
    customer_id=("sign-in", "6 months after its end (Cybersecurity Law, article 23)", Mask.HIDDEN, Erase.KEEP),
    staff_id=("sign-in of staff", "6 months after its end", Mask.HIDDEN, Erase.KEEP),
    label=("sign-in", "6 months after its end", Mask.HIDDEN, Erase.ANONYMISE),
)
declare(
    PhoneCode,
    plain=("id", "code_hash", "asked_at", "bound_at"),
    customer_id=("asking WeChat once", "1 day", Mask.HIDDEN, Erase.DELETE_ROW),
)
