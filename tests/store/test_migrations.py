import alembic.autogenerate
import alembic.command
import alembic.migration
import alembic.script
import pytest
import sqlalchemy as sa

from rapidresponse.store import database
from rapidresponse.store.models import Base


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request, tmp_path):
    """The address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'deep' / 'empty.sqlite'}"
    name = f"empty_{request.node.name.split('[')[0]}"[:60]
    return request.getfixturevalue("postgres").create(name)


@pytest.fixture
def engine(empty_url):
    database.upgrade(empty_url)
    engine = sa.create_engine(empty_url)
    yield engine
    engine.dispose()


def test_the_tables_are_what_the_models_say(engine):
    with engine.connect() as connection:
        context = alembic.migration.MigrationContext.configure(
            connection, opts={"compare_type": True}
        )

        assert alembic.autogenerate.compare_metadata(context, Base.metadata) == []


def test_an_empty_database_is_not_current_and_then_it_is(empty_url):
    before = database.is_current(empty_url)
    database.upgrade(empty_url)
    database.upgrade(empty_url)

    assert (before, database.is_current(empty_url)) == (False, True)


def test_there_is_one_line_of_migrations(tmp_path):
    with database.migrations(f"sqlite:///{tmp_path / 'x.sqlite'}") as config:
        script = alembic.script.ScriptDirectory.from_config(config)

        assert len(script.get_heads()) == 1
        assert all(revision.doc for revision in script.walk_revisions())


def test_both_databases_have_the_same_indexes_and_constraints(engine):
    found = sa.inspect(engine)
    for table in Base.metadata.sorted_tables:
        indexes = {index["name"] for index in found.get_indexes(table.name)}
        keys = found.get_pk_constraint(table.name)["constrained_columns"]

        assert {index.name for index in table.indexes} <= indexes
        assert keys == [column.name for column in table.primary_key]


def test_a_sqlite_file_and_its_folder_are_ours_alone(tmp_path):
    path = tmp_path / "deep" / "record.sqlite"
    database.upgrade(f"sqlite:///{path}")

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0


def test_foreign_keys_hold_on_both(record_url):
    record = database.connect(record_url)

    with pytest.raises(sa.exc.IntegrityError), record.writing.begin() as session:
        session.execute(
            sa.text("INSERT INTO alert_texts VALUES (99, 'en', 'nobody reads this', 1)")
        )
    record.engine.dispose()


def test_no_value_stands_in_an_error_of_the_database(record_url):
    record = database.connect(record_url)

    with pytest.raises(sa.exc.DBAPIError) as broken, record.writing.begin() as session:
        session.execute(sa.text("SELECT :phone FROM nowhere"), {"phone": "a phone"})
    record.engine.dispose()
    assert "a phone" not in str(broken.value)


def test_what_stands_in_the_record_outlives_an_upgrade(empty_url):
    with database.migrations(empty_url) as config:
        alembic.command.upgrade(config, "0001")
    record = database.connect(empty_url)
    with record.writing.begin() as session:
        for statement in FIRST_ROWS.split(";")[:-1]:
            session.execute(sa.text(statement))
    record.engine.dispose()

    database.upgrade(empty_url)

    record = database.connect(empty_url)
    with record.reading.begin() as session:
        assert session.execute(sa.text("SELECT body FROM alert_texts")).scalar_one() == "calm"
        assert session.execute(sa.text("SELECT ref FROM alerts")).scalar_one() == "A27"
    record.engine.dispose()


FIRST_ROWS = """
INSERT INTO partners (id, name, trust, secret, added_at)
VALUES (1, 'A partner', 'review', '', '2026-01-01');
INSERT INTO reports (id, partner_id, name, received_at, facts)
VALUES (1, 1, 'r-1', '2026-01-01', '{}');
INSERT INTO alerts (id, report_id, kind, mode, state, ref, area, timezone, places_version,
                    audience, created_at, expires_at)
VALUES (1, 1, 'alert', 'practice', 'done', 'A27', 'Here', 'UTC', '1', 1, '2026-01-01', 1);
INSERT INTO alert_texts (alert_id, language, body, segments) VALUES (1, 'en', 'calm', 1);
"""
