"""Tables of people: customers, staff, roles and consents."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from app.accounts.enums import ConsentPurpose, CustomerStatus, Looking, PersonalValue, RoleCode
from app.kit.fields import check, choice, known, ref, texts, unique
from app.kit.personal import Erase, Mask, declare


class Customer(Model):
    """A shopper. Openid and phone are sealed under the person's own data key, found by blind index."""

    id = fields.BigIntField(primary_key=True)
    openid_sealed = fields.BinaryField(null=True)
    openid_index = fields.BinaryField(null=True)
    phone_sealed = fields.BinaryField(null=True)
    phone_index = fields.BinaryField(null=True)
    phone_tail_index = fields.BinaryField(null=True)  # of the last four digits: what she tells at the counter
    display_name = fields.CharField(max_length=40)  # the name the customer chose to be seen by
    avatar = ref("Upload", null=True)
    avatar_id: int | None
    birth_year = fields.SmallIntField(null=True)
    status = choice(CustomerStatus, default=CustomerStatus.ACTIVE)
    is_demo = fields.BooleanField(default=False)
    created_at = fields.DatetimeField()
    closed_at = fields.DatetimeField(null=True)

    class Meta:
        """One account per openid and per phone; a closed account keeps nothing that identifies."""

        table = "customer"
        indexes = (Index(fields=("phone_tail_index",), name="customer_by_phone_tail"),)
        constraints = (
            known("customer", "status", CustomerStatus),
            unique("customer", "openid_index"),
            unique("customer", "phone_index"),
            check("customer", "openid_pair", "(openid_sealed IS NULL) = (openid_index IS NULL)"),
            check("customer", "phone_pair", "(phone_sealed IS NULL) = (phone_index IS NULL)"),
            check("customer", "tail_of_a_phone", "phone_tail_index IS NULL OR phone_index IS NOT NULL"),
            check("customer", "birth_year_range", "birth_year BETWEEN 1900 AND 2100"),
            check("customer", "closed_has_time", "(status = 'CLOSED') = (closed_at IS NOT NULL)"),
            check(
                "customer",
                "closed_is_erased",
                "status <> 'CLOSED' OR (openid_sealed IS NULL AND phone_sealed IS NULL AND birth_year IS NULL)",
            ),
        )


class Consent(Model):
    """One decision of a customer about one purpose: a ledger, the newest row per purpose holds."""

    id = fields.BigIntField(primary_key=True)
    customer = ref("Customer")
    purpose = choice(ConsentPurpose)
    policy_version = fields.CharField(max_length=20)
    granted = fields.BooleanField()
    channel = fields.CharField(max_length=20)
    decided_at = fields.DatetimeField()

    class Meta:
        """Append-only: the application role may not update or delete it."""

        table = "consent"
        indexes = (Index(fields=("customer_id", "purpose", "decided_at"), name="consent_latest"),)
        constraints = (known("consent", "purpose", ConsentPurpose),)


class Staff(Model):
    """Someone who works for the shop."""

    id = fields.BigIntField(primary_key=True)
    username = fields.CharField(max_length=40, unique=True)
    name = fields.CharField(max_length=40)
    password_hash = fields.CharField(max_length=200, null=True)
    password_ends_at = fields.DatetimeField(null=True)  # of one an administrator gave; a chosen one has no end
    totp_sealed = fields.BinaryField(null=True)
    totp_step = fields.BigIntField(null=True)  # of the newest code used: an older one is refused
    is_active = fields.BooleanField(default=True)
    created_at = fields.DatetimeField()

    class Meta:
        """User names are compared in lower case only."""

        table = "staff"
        constraints = (
            check("staff", "username_lower", "username ~ '^[a-z0-9._-]{2,40}$'"),
            check("staff", "password_is_argon2", "password_hash LIKE '$argon2id$%'"),
        )


class Role(Model):
    """A job in the shop, made of scopes such as `catalog:write`."""

    id = fields.BigIntField(primary_key=True)
    code = fields.CharField(max_length=40, unique=True)
    name = fields.CharField(max_length=40)
    scopes = texts()

    class Meta:
        """A role without scopes would be a mistake."""

        table = "role"
        constraints = (
            check("role", "scopes_present", "cardinality(scopes) > 0"),
            known("role", "code", RoleCode),
        )


class StaffRole(Model):
    """Which roles a member of staff holds."""

    id = fields.BigIntField(primary_key=True)
    staff = ref("Staff")
    role = ref("Role")
    granted_at = fields.DatetimeField()
    granted_by = ref("Staff", null=True)  # none: from the command line
    granted_by_id: int | None

    class Meta:
        """A role is held once, and nobody gives herself one."""

        table = "staff_role"
        constraints = (
            unique("staff_role", "staff_id", "role_id"),
            check("staff_role", "giver_is_not_holder", "granted_by_id <> staff_id"),
        )


class SignInAttempts(Model):
    """How often somebody guessed wrong lately: for one user name or one address, both known by blind index only."""

    id = fields.BigIntField(primary_key=True)
    subject = fields.BinaryField()
    wrong = fields.SmallIntField()
    last_at = fields.DatetimeField()
    locked_until = fields.DatetimeField(null=True)

    class Meta:
        """Counted in one place; forgotten after a while."""

        table = "sign_in_attempts"
        indexes = (Index(fields=("last_at",), name="sign_in_attempts_by_age"),)
        constraints = (
            unique("sign_in_attempts", "subject"),
            check("sign_in_attempts", "wrong_not_negative", "wrong >= 0"),
            check("sign_in_attempts", "subject_length", "octet_length(subject) = 32"),
        )


class LookingAllowance(Model):
    """How often a member of staff looked customers up, or saw one unmasked, in the hour that began then."""

    id = fields.BigIntField(primary_key=True)
    staff = ref("Staff")
    kind = choice(Looking)
    began_at = fields.DatetimeField()
    used = fields.IntField()

    class Meta:
        """Counted in one place, by one statement."""

        table = "looking_allowance"
        constraints = (
            known("looking_allowance", "kind", Looking),
            unique("looking_allowance", "staff_id", "kind"),
            check("looking_allowance", "used_positive", "used > 0"),
        )


class PersonalAccess(Model):
    """That a member of staff saw a value of a customer unmasked, and why; never the value. Append-only."""

    id = fields.BigIntField(primary_key=True)
    customer = ref("Customer")
    customer_id: int
    staff = ref("Staff")
    staff_id: int
    value = choice(PersonalValue)
    reason = fields.CharField(max_length=200)
    trace_id = fields.CharField(max_length=32, null=True)
    seen_at = fields.DatetimeField()

    class Meta:
        """Append-only: the application role may not update or delete it; after three years a function does."""

        table = "personal_access"
        indexes = (
            Index(fields=("customer_id", "id"), name="personal_access_by_customer"),
            Index(fields=("staff_id", "id"), name="personal_access_by_staff"),
            Index(fields=("seen_at",), name="personal_access_by_age"),
        )
        constraints = (
            known("personal_access", "value", PersonalValue),
            check("personal_access", "reason_given", "char_length(reason) BETWEEN 5 AND 200"),
        )


declare(
    Customer,
    plain=("id", "status", "is_demo", "created_at", "closed_at"),
    openid_sealed=("sign-in with WeChat", "until closure", Mask.HIDDEN, Erase.NULL),
    openid_index=("sign-in with WeChat", "until closure", Mask.HIDDEN, Erase.NULL),
    phone_sealed=("contact about an order", "until closure", Mask.PHONE, Erase.NULL),
    phone_index=("contact about an order", "until closure", Mask.HIDDEN, Erase.NULL),
    phone_tail_index=("finding her order at the counter", "until closure", Mask.HIDDEN, Erase.NULL),
    display_name=("author of reviews", "until closure", Mask.NAME, Erase.ANONYMISE),
    avatar_id=("author of reviews", "until closure", Mask.HIDDEN, Erase.NULL),
    birth_year=("statistics by age band", "until closure or withdrawal", Mask.HIDDEN, Erase.NULL),
)
declare(
    Consent,
    plain=("id", "purpose", "policy_version", "granted", "channel", "decided_at"),
    customer_id=("proof of consent", "3 years after closure", Mask.HIDDEN, Erase.KEEP),
)
declare(
    PersonalAccess,
    plain=("id", "staff_id", "value", "reason", "trace_id", "seen_at"),
    customer_id=("proof of who saw her data", "3 years", Mask.HIDDEN, Erase.KEEP),
)
declare(
    Staff,
    plain=("id", "is_active", "created_at", "password_ends_at", "totp_step"),
    username=("sign-in of staff", "employment and 3 years", Mask.HIDDEN, Erase.KEEP),
    name=("who acted, in the audit log", "employment and 3 years", Mask.NAME, Erase.ANONYMISE),
    password_hash=("sign-in of staff", "employment", Mask.HIDDEN, Erase.NULL),
    totp_sealed=("sign-in of staff", "employment", Mask.HIDDEN, Erase.NULL),
)
