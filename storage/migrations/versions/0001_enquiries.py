"""Questions without their askers, what readers thought of the replies, and events already seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('enquiry',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('workspace', sa.String(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('door', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('matches', sa.JSON(), nullable=False),
    sa.Column('revision', sa.String(), nullable=False),
    sa.Column('chosen', sa.String(), nullable=True),
    sa.Column('for_a_person', sa.Boolean(), nullable=False),
    sa.CheckConstraint("door IN ('mention', 'dm', 'command', 'shortcut')", name=op.f('ck_enquiry_door')),
    sa.CheckConstraint("outcome IN ('answer', 'did_you_mean', 'clarify', 'dont_know', 'out_of_scope')", name=op.f('ck_enquiry_outcome')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enquiry'))
    )
    with op.batch_alter_table('enquiry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enquiry_asked_on'), ['asked_on'], unique=False)

    op.create_table('seen_event',
    sa.Column('workspace', sa.String(), nullable=False),
    sa.Column('event_id', sa.String(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('workspace', 'event_id', name=op.f('pk_seen_event'))
    )
    with op.batch_alter_table('seen_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seen_event_seen_at'), ['seen_at'], unique=False)

    op.create_table('feedback',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('workspace', sa.String(), nullable=False),
    sa.Column('enquiry_id', sa.String(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('rating', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('target', sa.String(), nullable=False),
    sa.Column('revision', sa.String(), nullable=False),
    sa.CheckConstraint("rating IN ('helpful', 'wrong', 'not_what_i_asked')", name=op.f('ck_feedback_rating')),
    sa.ForeignKeyConstraint(['enquiry_id'], ['enquiry.id'], name=op.f('fk_feedback_enquiry_id_enquiry'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback'))
    )
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feedback_enquiry_id'), ['enquiry_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_feedback_enquiry_id'))

    op.drop_table('feedback')
    with op.batch_alter_table('seen_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_seen_event_seen_at'))

    op.drop_table('seen_event')
    with op.batch_alter_table('enquiry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_enquiry_asked_on'))

    op.drop_table('enquiry')
