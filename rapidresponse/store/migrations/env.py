"""Runs the migrations on the connection that rapidresponse.store.database hands over."""

from alembic import context

from rapidresponse.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    compare_type=True,
    user_module_prefix="ours.",
)
with context.begin_transaction():
    context.run_migrations()
