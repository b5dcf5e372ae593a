"""How many captures, versions and changes there are, kept by triggers (see `harvester.store.ledger.tallies`)."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COUNTED = {"captures": "{row}outcome", "versions": "'versions'", "changes": "'changes'"}


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()
    for table, what in COUNTED.items():
        what = what.format(row="")
        op.execute(
            "INSERT INTO tallies (service_id, what, number) "
            f"SELECT service_id, {what}, count(*) FROM {table} GROUP BY 1, 2"
        )


def _sqlite() -> None:
    op.execute(
        "CREATE TABLE tallies (service_id INTEGER NOT NULL REFERENCES services (id) ON DELETE CASCADE, "
        "what TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (what, service_id)) WITHOUT ROWID"
    )
    op.execute("CREATE INDEX ix_tallies_service ON tallies (service_id)")
    for table, what in COUNTED.items():
        more = (
            f"INSERT INTO tallies VALUES (NEW.service_id, {what.format(row='NEW.')}, 1) "
            "ON CONFLICT DO UPDATE SET number = number + 1;"
        )
        less = (
            f"UPDATE tallies SET number = number - 1 WHERE what = {what.format(row='OLD.')} "
            "AND service_id = OLD.service_id;"
            f"DELETE FROM tallies WHERE what = {what.format(row='OLD.')} "
            "AND service_id = OLD.service_id AND number = 0;"
        )
        op.execute(f"CREATE TRIGGER tally_{table}_insert AFTER INSERT ON {table} BEGIN {more} END")
        op.execute(f"CREATE TRIGGER tally_{table}_delete AFTER DELETE ON {table} BEGIN {less} END")
    op.execute(
        "CREATE TRIGGER tally_captures_update AFTER UPDATE OF outcome ON captures WHEN OLD.outcome <> NEW.outcome "
        "BEGIN UPDATE tallies SET number = number - 1 WHERE what = OLD.outcome AND service_id = OLD.service_id;"
        "DELETE FROM tallies WHERE what = OLD.outcome AND service_id = OLD.service_id AND number = 0;"
        "INSERT INTO tallies VALUES (NEW.service_id, NEW.outcome, 1) ON CONFLICT DO UPDATE SET number = number + 1; "
        "END"
    )


def _postgresql() -> None:
    op.execute(
        "CREATE TABLE tallies (service_id INTEGER NOT NULL REFERENCES services (id) ON DELETE CASCADE, "
        "what TEXT NOT NULL, number BIGINT NOT NULL)"
    )
    op.execute("CREATE INDEX ix_tallies_service ON tallies (service_id)")
    for table, what in COUNTED.items():
        what = what.format(row="")
        for event, rows, sign in (("insert", "NEW", "count(*)"), ("delete", "OLD", "-count(*)")):
            op.execute(
                f"CREATE FUNCTION tally_{table}_{event}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "INSERT INTO tallies (service_id, what, number) "
                f"SELECT service_id, {what}, {sign} FROM changed GROUP BY 1, 2; RETURN NULL; END $$"
            )
            op.execute(
                f"CREATE TRIGGER tally_{table}_{event} AFTER {event.upper()} ON {table} "
                f"REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tally_{table}_{event}()"
            )
    op.execute(
        "CREATE FUNCTION tally_captures_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "INSERT INTO tallies (service_id, what, number) SELECT service_id, what, sum(number) FROM ("
        "SELECT service_id, outcome AS what, -1 AS number FROM was UNION ALL SELECT service_id, outcome, 1 FROM is_now"
        ") AS both_sides GROUP BY service_id, what HAVING sum(number) <> 0; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER tally_captures_update AFTER UPDATE ON captures REFERENCING OLD TABLE AS was "
        "NEW TABLE AS is_now FOR EACH STATEMENT EXECUTE FUNCTION tally_captures_update()"
    )
