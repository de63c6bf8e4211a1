"""Staff sign in: what is known of passwords, codes and attempts, and the roles with what each may do."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

ROLES = """
INSERT INTO role (code, name, scopes) VALUES
  ('CATALOGUE_EDITOR', '商品编辑', '{catalog:write,files:read,schema:read}'),
  ('CATALOGUE_APPROVER', '商品审核', '{catalog:approve,files:read,schema:read}'),
  ('STORE_CLERK', '门店店员', '{pickup:serve}'),
  ('PROMOTION_MANAGER', '促销经理', '{promotions:write,schema:read}'),
  ('QUALITY_MANAGER', '品控经理', '{files:read,reports:review,schema:read,trace:write}'),
  ('ANALYST', '数据分析', '{insights:read,schema:read}'),
  ('ADMINISTRATOR', '系统管理员',
   '{audit:read,documents:read,documents:write,partners:read,partners:write,schema:read,staff:read,staff:write}')
"""
CODES = (
    "code IN ('CATALOGUE_EDITOR', 'CATALOGUE_APPROVER', 'STORE_CLERK', 'PROMOTION_MANAGER', 'QUALITY_MANAGER',"
    " 'ANALYST', 'ADMINISTRATOR')"
)


class Migration(migrations.Migration):
    dependencies = [("shop", "0022_document_registry")]
    initial = False
    operations = [
        ops.CreateModel(
            name="SignInAttempts",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("subject", fields.BinaryField()),
                ("wrong", fields.SmallIntField()),
                ("last_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("locked_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "sign_in_attempts",
                "app": "shop",
                "indexes": [Index(fields=["last_at"], name="sign_in_attempts_by_age")],
                "pk_attr": "id",
                "table_description": "How often somebody guessed wrong lately: for one user name or one address, both known by blind index only.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="SignInAttempts",
            constraint=UniqueConstraint(fields=("subject",), name="sign_in_attempts_subject_key"),
        ),
        ops.AddConstraint(
            model_name="SignInAttempts",
            constraint=CheckConstraint(check="wrong >= 0", name="sign_in_attempts_wrong_not_negative"),
        ),
        ops.AddConstraint(
            model_name="SignInAttempts",
            constraint=CheckConstraint(check="octet_length(subject) = 32", name="sign_in_attempts_subject_length"),
        ),
        ops.AddField(
            model_name="Staff",
            name="password_ends_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(model_name="Staff", name="totp_step", field=fields.BigIntField(null=True)),
        ops.AddConstraint(
            model_name="Staff",
            constraint=CheckConstraint(check="password_hash LIKE '$argon2id$%'", name="staff_password_is_argon2"),
        ),
        ops.AddField(
            model_name="StaffRole",
            name="granted_by",
            field=fields.ForeignKeyField(
                "shop.Staff",
                source_field="granted_by_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name=False,
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        ops.AddConstraint(
            model_name="StaffRole",
            constraint=CheckConstraint(check="granted_by_id <> staff_id", name="staff_role_giver_is_not_holder"),
        ),
        ops.AddConstraint(model_name="Role", constraint=CheckConstraint(check=CODES, name="role_code_known")),
        ops.RunSQL(ROLES, reverse_sql="DELETE FROM staff_role; DELETE FROM role"),
    ]
