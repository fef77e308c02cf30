"""Column types as revisions write them.

Apart from `models.db`, because a revision that was released says the same for ever.
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)
