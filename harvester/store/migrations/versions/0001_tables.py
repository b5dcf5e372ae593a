"""The tables, as of the first release."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table('endpoints',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_endpoints'))
    )
    op.create_table('leases',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('holder', sa.Text(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_leases'))
    )
    op.create_table('runs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('service', sa.Text(), nullable=True),
    sa.Column('parameters', sa.JSON(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('summary', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_runs'))
    )
    op.create_index(op.f('ix_runs_finished_at'), 'runs', ['finished_at'], unique=False)
    op.create_index(op.f('ix_runs_service'), 'runs', ['service'], unique=False)
    op.create_table('services',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('tags', sa.JSON(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stale', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_services')),
    sa.UniqueConstraint('name', name=op.f('uq_services_name'))
    )
    op.create_index(op.f('ix_services_stale'), 'services', ['stale'], unique=False)
    op.create_table('texts',
    sa.Column('id', BIG, nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('words', sa.Integer(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('language_confidence', sa.Double(), nullable=False),
    sa.Column('policy_likelihood', sa.Double(), nullable=False),
    sa.Column('reading_grade', sa.Double(), nullable=True),
    sa.Column('page_kind', sa.Text(), nullable=False),
    sa.Column('simhash', sa.BigInteger(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_texts')),
    sa.UniqueConstraint('sha256', name=op.f('uq_texts_sha256'))
    )
    op.create_index(op.f('ix_texts_simhash'), 'texts', ['simhash'], unique=False)
    op.create_table('changes',
    sa.Column('id', BIG, nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('old_text_id', BIG, nullable=False),
    sa.Column('new_text_id', BIG, nullable=False),
    sa.Column('after', sa.DateTime(timezone=True), nullable=False),
    sa.Column('before', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('words_added', sa.Integer(), nullable=False),
    sa.Column('words_removed', sa.Integer(), nullable=False),
    sa.Column('words_moved', sa.Integer(), nullable=False),
    sa.Column('share', sa.Double(), nullable=False),
    sa.Column('headings', sa.JSON(), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('operations', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['new_text_id'], ['texts.id'], name=op.f('fk_changes_new_text_id')),
    sa.ForeignKeyConstraint(['old_text_id'], ['texts.id'], name=op.f('fk_changes_old_text_id')),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_changes_service_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_changes')),
    sa.UniqueConstraint('service_id', 'before', name=op.f('uq_changes_service_id_before'))
    )
    op.create_index(op.f('ix_changes_found_at'), 'changes', ['found_at'], unique=False)
    op.create_index(op.f('ix_changes_kind'), 'changes', ['kind'], unique=False)
    op.create_index('ix_changes_recent', 'changes', ['before', 'id'], unique=False)
    op.create_table('documents',
    sa.Column('id', BIG, nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('text_id', BIG, nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['text_id'], ['texts.id'], name=op.f('fk_documents_text_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_documents')),
    sa.UniqueConstraint('sha256', name=op.f('uq_documents_sha256'))
    )
    op.create_index(op.f('ix_documents_text_id'), 'documents', ['text_id'], unique=False)
    op.create_table('notices',
    sa.Column('id', BIG, nullable=False),
    sa.Column('target', sa.Text(), nullable=False),
    sa.Column('change_key', sa.Text(), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('before', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('error', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_notices_service_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notices')),
    sa.UniqueConstraint('target', 'change_key', name=op.f('uq_notices_target_change_key'))
    )
    op.create_index('ix_notices_due', 'notices', ['sent_at', 'due_at'], unique=False)
    op.create_table('sources',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('origin', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('excluded_until', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_sources_service_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sources')),
    sa.UniqueConstraint('service_id', 'url', 'since', name=op.f('uq_sources_service_id_url_since'))
    )
    op.create_table('malformed',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('archive', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('line', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['source_id'], ['sources.id'], name=op.f('fk_malformed_source_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_malformed')),
    sa.UniqueConstraint('source_id', 'sha256', name=op.f('uq_malformed_source_id_sha256'))
    )
    op.create_table('payloads',
    sa.Column('id', BIG, nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=True),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('base_id', BIG, nullable=True),
    sa.Column('depth', sa.Integer(), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['base_id'], ['payloads.id'], name=op.f('fk_payloads_base_id')),
    sa.ForeignKeyConstraint(['source_id'], ['sources.id'], name=op.f('fk_payloads_source_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payloads')),
    sa.UniqueConstraint('sha256', name=op.f('uq_payloads_sha256'))
    )
    op.create_index(op.f('ix_payloads_digest'), 'payloads', ['digest'], unique=False)
    op.create_index('ix_payloads_source', 'payloads', ['source_id', 'id'], unique=False)
    op.create_table('searches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('archive', sa.Text(), nullable=False),
    sa.Column('start', sa.DateTime(timezone=True), nullable=True),
    sa.Column('end', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checkpoint', sa.Text(), nullable=True),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['source_id'], ['sources.id'], name=op.f('fk_searches_source_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_searches'))
    )
    op.create_index('ix_searches_source', 'searches', ['source_id', 'archive'], unique=False)
    op.create_table('captures',
    sa.Column('id', BIG, nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('archive', sa.Text(), nullable=False),
    sa.Column('timestamp', sa.DateTime(timezone=True), nullable=False),
    sa.Column('original', sa.Text(), nullable=False),
    sa.Column('mimetype', sa.Text(), nullable=True),
    sa.Column('status', sa.Integer(), nullable=True),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('length', sa.Integer(), nullable=True),
    sa.Column('plan', sa.Text(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('payload_id', BIG, nullable=True),
    sa.Column('document_id', BIG, nullable=True),
    sa.Column('text_id', BIG, nullable=True),
    sa.Column('cleaner', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_captures_document_id')),
    sa.ForeignKeyConstraint(['payload_id'], ['payloads.id'], name=op.f('fk_captures_payload_id')),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_captures_service_id')),
    sa.ForeignKeyConstraint(['source_id'], ['sources.id'], name=op.f('fk_captures_source_id')),
    sa.ForeignKeyConstraint(['text_id'], ['texts.id'], name=op.f('fk_captures_text_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_captures')),
    sa.UniqueConstraint('source_id', 'timestamp', 'digest', name=op.f('uq_captures_source_id_timestamp_digest'))
    )
    op.create_index(op.f('ix_captures_digest'), 'captures', ['digest'], unique=False)
    op.create_index(op.f('ix_captures_document_id'), 'captures', ['document_id'], unique=False)
    op.create_index('ix_captures_history', 'captures', ['service_id', 'timestamp', 'text_id'], unique=False)
    op.create_index('ix_captures_ledger', 'captures', ['service_id', 'outcome'], unique=False)
    op.create_index(op.f('ix_captures_payload_id'), 'captures', ['payload_id'], unique=False)
    op.create_table('intervals',
    sa.Column('id', BIG, nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('plan', sa.Text(), nullable=False),
    sa.Column('start', sa.DateTime(timezone=True), nullable=False),
    sa.Column('end', sa.DateTime(timezone=True), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('capture_id', BIG, nullable=True),
    sa.ForeignKeyConstraint(['capture_id'], ['captures.id'], name=op.f('fk_intervals_capture_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_intervals_service_id')),
    sa.ForeignKeyConstraint(['source_id'], ['sources.id'], name=op.f('fk_intervals_source_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_intervals')),
    sa.UniqueConstraint('source_id', 'plan', 'start', name=op.f('uq_intervals_source_id_plan_start'))
    )
    op.create_index(op.f('ix_intervals_service_id'), 'intervals', ['service_id'], unique=False)
    op.create_table('playbacks',
    sa.Column('capture_id', BIG, nullable=False),
    sa.Column('fetched_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('status', sa.Integer(), nullable=False),
    sa.Column('headers', sa.JSON(), nullable=False),
    sa.Column('chain', sa.JSON(), nullable=False),
    sa.Column('verdict', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['capture_id'], ['captures.id'], name=op.f('fk_playbacks_capture_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('capture_id', name=op.f('pk_playbacks'))
    )
    op.create_table('superseded',
    sa.Column('id', BIG, nullable=False),
    sa.Column('capture_id', BIG, nullable=False),
    sa.Column('cleaner', sa.Text(), nullable=False),
    sa.Column('document_id', BIG, nullable=True),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['capture_id'], ['captures.id'], name=op.f('fk_superseded_capture_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['document_id'], ['documents.id'], name=op.f('fk_superseded_document_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_superseded')),
    sa.UniqueConstraint('capture_id', 'cleaner', name=op.f('uq_superseded_capture_id_cleaner'))
    )
    op.create_table('versions',
    sa.Column('id', BIG, nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('text_id', BIG, nullable=False),
    sa.Column('capture_id', BIG, nullable=False),
    sa.Column('first_seen', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen', sa.DateTime(timezone=True), nullable=False),
    sa.Column('captures', sa.Integer(), nullable=False),
    sa.Column('texts', sa.Integer(), nullable=False),
    sa.Column('switches', sa.Integer(), nullable=False),
    sa.Column('repeats', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['capture_id'], ['captures.id'], name=op.f('fk_versions_capture_id')),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_versions_service_id')),
    sa.ForeignKeyConstraint(['text_id'], ['texts.id'], name=op.f('fk_versions_text_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_versions')),
    sa.UniqueConstraint('service_id', 'first_seen', name=op.f('uq_versions_service_id_first_seen'))
    )
    op.create_index(op.f('ix_versions_text_id'), 'versions', ['text_id'], unique=False)
