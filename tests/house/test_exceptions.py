"""The list of exceptions only becomes shorter."""

from tests.house.house import EXCEPTIONS_AT_MOST, exceptions


def test_no_exception_is_added() -> None:
    assert len(exceptions()) == EXCEPTIONS_AT_MOST
