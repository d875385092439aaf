"""The error that ends the benchmark."""

FAILED = 1
USAGE = 64
UNAVAILABLE = 69
UNWRITABLE = 74


class Failure(Exception):
    """An error that is reported in one line."""

    def __init__(self, status: int, message: str):
        super().__init__(message)
        self.status = status
