"""The services of each tag, kept by triggers; the newest changes of a kind and the hits of a rule, each in an index."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE TABLE service_tags (tag TEXT NOT NULL, "
        "service_id INTEGER NOT NULL REFERENCES services (id) ON DELETE CASCADE, PRIMARY KEY (tag, service_id))"
        + (" WITHOUT ROWID" if op.get_bind().dialect.name == "sqlite" else "")
    )
    op.create_index("ix_service_tags_service", "service_tags", ["service_id"])
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()
    op.create_index("ix_changes_kind_before", "changes", ["kind", "before", "id", "service_id"])
    op.create_index("ix_changes_kind_found_at", "changes", ["kind", "found_at", "id", "service_id"])
    op.create_index("ix_watch_checks_hits", "watch_checks", ["rule", "hit", "change_id"])


def _sqlite() -> None:
    op.execute("INSERT OR IGNORE INTO service_tags SELECT value, services.id FROM services, json_each(services.tags)")
    enter = "INSERT OR IGNORE INTO service_tags SELECT value, NEW.id FROM json_each(NEW.tags);"
    forget = "DELETE FROM service_tags WHERE service_id = NEW.id;"
    op.execute(f"CREATE TRIGGER tags_insert AFTER INSERT ON services BEGIN {enter} END")
    op.execute(f"CREATE TRIGGER tags_update AFTER UPDATE OF tags ON services BEGIN {forget} {enter} END")


def _postgresql() -> None:
    op.execute(
        "INSERT INTO service_tags SELECT DISTINCT value, services.id "
        "FROM services, json_array_elements_text(services.tags) AS one (value)"
    )
    op.execute(
        "CREATE FUNCTION enter_tags() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "DELETE FROM service_tags WHERE service_id = NEW.id; "
        "INSERT INTO service_tags SELECT DISTINCT value, NEW.id "
        "FROM json_array_elements_text(NEW.tags) AS one (value); RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER tags_written AFTER INSERT OR UPDATE OF tags ON services "
        "FOR EACH ROW EXECUTE FUNCTION enter_tags()"
    )
    op.drop_index("ix_changes_smaller", "changes")
