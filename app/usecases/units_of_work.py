"""Transaktionen: how a use case with an outside call in its middle opens several of them."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy.orm import Session

#: opens one transaction that commits when the block ends well; given by the edge
Transactions = Callable[[], AbstractContextManager[Session]]
