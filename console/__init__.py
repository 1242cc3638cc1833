"""Pages for the people who handle tickets. They read and pass on; what may be done is decided
in the services."""

from console.router import work_router

__all__ = ["work_router"]
