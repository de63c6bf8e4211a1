"""pgqueuer's own tables, as its release 1.6 prints them (`pgq sql install`)."""

from pathlib import Path

from tortoise import migrations
from tortoise.migrations import operations as ops

INSTALL = Path(__file__).with_name("pgqueuer_1_6.sql").read_text(encoding="utf-8")
UNINSTALL = """
DROP TABLE pgqueuer, pgqueuer_log, pgqueuer_schedules, pgqueuer_statistics;
DROP FUNCTION fn_pgqueuer_changed();
DROP TYPE pgqueuer_status
"""


class Migration(migrations.Migration):
    dependencies = [("shop", "0012_postgres")]

    operations = [ops.RunSQL(INSTALL, reverse_sql=UNINSTALL)]
