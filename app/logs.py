"""Structured logs on standard error: lines for people, or JSON for collectors."""

import logging
import sys
from collections.abc import Collection

import structlog

from app.scrubbing import Scrubber


def configure(*, level: str, as_json: bool, hidden: Collection[str] = ()) -> None:
    """Sets up structlog, and sends what libraries log through it too.

    What is personal or secret is taken out of every line, tracebacks included; `hidden` names more keys of that kind.
    """
    scrub = Scrubber(hidden)

    def scrub_line(_: object, __: str, line: structlog.types.EventDict) -> structlog.types.EventDict:
        # what begins with _ is structlog's own and goes before it is written
        return {name: each if name.startswith("_") else scrub(each, name) for name, each in line.items()}

    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.types.Processor = (
        structlog.processors.JSONRenderer()
        if as_json
        # a traceback with its local variables would write people's data into the log
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                scrub_line,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    logging.getLogger("tortoise").setLevel(logging.WARNING)  # it logs every statement with its values
