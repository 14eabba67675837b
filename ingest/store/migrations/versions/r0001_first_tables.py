"""The first tables."""

from alembic import op
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    UniqueConstraint,
)

from ingest.store.types import ExactDecimal, Moment, Printed

revision = "0001"
down_revision = None

_ID = BigInteger().with_variant(Integer(), "sqlite")


def upgrade() -> None:
    """Make all tables of a new store."""
    _versions_and_runs()
    _archive()
    _work()
    _notices()
    _figures()
    _indicators()
    _tables_and_findings()


def _versions_and_runs() -> None:
    op.create_table(
        "versions",
        Column("id", _ID, primary_key=True),
        Column("package", Printed, nullable=False),
        Column("number", BigInteger, nullable=False),
        Column("gazetteer", Printed, nullable=False),
        UniqueConstraint("package", "number", "gazetteer", name="uq_versions_package"),
    )
    op.create_table(
        "runs",
        Column("id", _ID, primary_key=True),
        Column(
            "version_id", _ID, ForeignKey("versions.id", name="fk_runs_version_id"), nullable=False
        ),
        Column("archive", Printed, nullable=False),
        Column("started", Moment, nullable=False),
        Column("finished", Moment, nullable=True),
        Column("outcome", Printed, nullable=True),
        Column("seen", BigInteger, nullable=True),
        Column("unchanged", BigInteger, nullable=True),
        Column("accepted", BigInteger, nullable=True),
        Column("needs_review", BigInteger, nullable=True),
        Column("rejected", BigInteger, nullable=True),
        Column("quarantined", BigInteger, nullable=True),
        Column("duplicates", BigInteger, nullable=True),
    )
    op.create_table(
        "lock_holders",
        Column("id", _ID, primary_key=True, autoincrement=False),
        Column("host", Printed, nullable=False),
        Column("pid", BigInteger, nullable=False),
        Column("boot", Printed, nullable=False),
        Column("since", Moment, nullable=False),
    )


def _archive() -> None:
    op.create_table(
        "documents",
        Column("sha256", Printed, primary_key=True),
        Column("size", BigInteger, nullable=False),
        Column("media", Printed, nullable=True),
        Column("path", Printed, nullable=False),
        Column("member", Printed, nullable=False),
        Column("run_id", _ID, ForeignKey("runs.id", name="fk_documents_run_id"), nullable=False),
    )
    op.create_table(
        "contents",
        Column(
            "sha256",
            Printed,
            ForeignKey("documents.sha256", name="fk_contents_sha256"),
            primary_key=True,
        ),
        Column("bytes", LargeBinary, nullable=False),
    )
    op.create_table(
        "sources",
        Column("key", Printed, primary_key=True),
        Column("run_id", _ID, ForeignKey("runs.id", name="fk_sources_run_id"), primary_key=True),
        Column("path", Printed, nullable=False),
        Column("member", Printed, nullable=False),
        Column("size", BigInteger, nullable=False),
        Column("mtime_ns", BigInteger, nullable=False),
        Column("sha256", Printed, nullable=False),
        Column("container", Boolean, nullable=False),
    )
    op.create_index("ix_sources_sha256", "sources", ["sha256"])
    op.create_table(
        "readings",
        Column("id", _ID, primary_key=True),
        Column(
            "sha256",
            Printed,
            ForeignKey("documents.sha256", name="fk_readings_sha256"),
            nullable=False,
        ),
        Column(
            "version_id",
            _ID,
            ForeignKey("versions.id", name="fk_readings_version_id"),
            nullable=False,
        ),
        Column("run_id", _ID, ForeignKey("runs.id", name="fk_readings_run_id"), nullable=False),
        Column("source", Printed, nullable=False),
        Column("saved", Moment, nullable=False),
        UniqueConstraint("sha256", "version_id", name="uq_readings_sha256"),
    )


def _work() -> None:
    op.create_table(
        "attempts",
        Column("id", _ID, primary_key=True),
        Column("sha256", Printed, nullable=False),
        Column(
            "version_id",
            _ID,
            ForeignKey("versions.id", name="fk_attempts_version_id"),
            nullable=False,
        ),
        Column("number", BigInteger, nullable=False),
        Column("run_id", _ID, ForeignKey("runs.id", name="fk_attempts_run_id"), nullable=False),
        Column("path", Printed, nullable=False),
        Column("member", Printed, nullable=False),
        Column("started", Moment, nullable=False),
        Column("ended", Moment, nullable=True),
        Column("outcome", Printed, nullable=True),
        Column("reason", Printed, nullable=False),
        UniqueConstraint("sha256", "version_id", "number", name="uq_attempts_sha256"),
    )
    op.create_table(
        "quarantine",
        Column("sha256", Printed, primary_key=True),
        Column(
            "version_id",
            _ID,
            ForeignKey("versions.id", name="fk_quarantine_version_id"),
            primary_key=True,
        ),
        Column("run_id", _ID, ForeignKey("runs.id", name="fk_quarantine_run_id"), nullable=False),
        Column("path", Printed, nullable=False),
        Column("member", Printed, nullable=False),
        Column("since", Moment, nullable=False),
        Column("tries", BigInteger, nullable=False),
        Column("reason", Printed, nullable=False),
        Column("released", Boolean, nullable=False),
    )
    op.create_table(
        "troubles",
        Column("id", _ID, primary_key=True),
        Column("run_id", _ID, ForeignKey("runs.id", name="fk_troubles_run_id"), nullable=False),
        Column("path", Printed, nullable=False),
        Column("member", Printed, nullable=False),
        Column("rule", Printed, nullable=False),
        Column("message", Printed, nullable=False),
    )
    op.create_index("ix_troubles_run_id", "troubles", ["run_id"])


def _notices() -> None:
    op.create_table(
        "notices",
        Column(
            "reading_id",
            _ID,
            ForeignKey("readings.id", name="fk_notices_reading_id"),
            primary_key=True,
            autoincrement=False,
        ),
        Column("position", BigInteger, primary_key=True, autoincrement=False),
        Column("notice_id", Printed, nullable=False),
        Column("source", Printed, nullable=False),
        Column("media", Printed, nullable=False),
        Column("doc_no", Printed, nullable=True),
        Column("title", Printed, nullable=True),
        Column("issuers", JSON, nullable=False),
        Column("recipients", JSON, nullable=False),
        Column("issued_on", Date, nullable=True),
        Column("printed_on", Date, nullable=True),
        Column("fiscal_year", BigInteger, nullable=True),
        Column("programme", Printed, nullable=True),
        Column("measure", Printed, nullable=True),
        Column("accounts", JSON, nullable=False),
        Column("direct_fund_mark", Printed, nullable=True),
        Column("cites", JSON, nullable=False),
        Column("attachments", JSON, nullable=False),
        Column("copies_to", JSON, nullable=False),
        Column("tables", BigInteger, nullable=False),
        Column("figures", BigInteger, nullable=False),
        Column("proved", BigInteger, nullable=False),
        Column("repaired", BigInteger, nullable=False),
        Column("suspect", BigInteger, nullable=False),
        Column("unproved", BigInteger, nullable=False),
        Column("indicators", BigInteger, nullable=False),
        Column("outcome", Printed, nullable=False),
    )


def _figures() -> None:
    op.create_table(
        "figures",
        Column(
            "reading_id",
            _ID,
            ForeignKey("readings.id", name="fk_figures_reading_id"),
            primary_key=True,
            autoincrement=False,
        ),
        Column("position", BigInteger, primary_key=True, autoincrement=False),
        Column("notice_id", Printed, nullable=False),
        Column("source", Printed, nullable=False),
        Column("table_no", BigInteger, nullable=False),
        Column("table_title", Printed, nullable=True),
        Column("page", BigInteger, nullable=False),
        Column("row_no", BigInteger, nullable=False),
        Column("role", Printed, nullable=False),
        Column("unit_printed", Printed, nullable=False),
        Column("unit_code", Printed, nullable=True),
        Column("unit_name", Printed, nullable=True),
        Column("unit_status", Printed, nullable=False),
        Column("unit_score", ExactDecimal, nullable=False),
        Column("col_no", BigInteger, nullable=False),
        Column("item", Printed, nullable=False),
        Column("formula", Printed, nullable=True),
        Column("measure", Printed, nullable=True),
        Column("printed", Printed, nullable=False),
        Column("value", ExactDecimal, nullable=True),
        Column("status", Printed, nullable=False),
        Column("proposal", Printed, nullable=True),
        Column("proofs", BigInteger, nullable=False),
        Column("ref", Printed, nullable=False),
    )


def _indicators() -> None:
    op.create_table(
        "indicators",
        Column(
            "reading_id",
            _ID,
            ForeignKey("readings.id", name="fk_indicators_reading_id"),
            primary_key=True,
            autoincrement=False,
        ),
        Column("position", BigInteger, primary_key=True, autoincrement=False),
        Column("notice_id", Printed, nullable=False),
        Column("source", Printed, nullable=False),
        Column("table_no", BigInteger, nullable=False),
        Column("kind", Printed, nullable=False),
        Column("budget_unit", Printed, nullable=True),
        Column("unit_code", Printed, nullable=True),
        Column("project", Printed, nullable=True),
        Column("amount_total", ExactDecimal, nullable=True),
        Column("amount_fiscal", ExactDecimal, nullable=True),
        Column("amount_other", ExactDecimal, nullable=True),
        Column("budget", ExactDecimal, nullable=True),
        Column("executed", ExactDecimal, nullable=True),
        Column("row_no", BigInteger, nullable=False),
        Column("level1", Printed, nullable=True),
        Column("level2", Printed, nullable=True),
        Column("level2_printed", Printed, nullable=True),
        Column("indicator", Printed, nullable=False),
        Column("target_printed", Printed, nullable=False),
        Column("comparator", Printed, nullable=False),
        Column("target_low", ExactDecimal, nullable=True),
        Column("target_high", ExactDecimal, nullable=True),
        Column("target_measure", Printed, nullable=True),
        Column("actual_printed", Printed, nullable=True),
        Column("actual_value", ExactDecimal, nullable=True),
        Column("actual_measure", Printed, nullable=True),
        Column("attained", Printed, nullable=True),
        Column("weight", ExactDecimal, nullable=True),
        Column("score", ExactDecimal, nullable=True),
        Column("status", Printed, nullable=False),
        Column("ref", Printed, nullable=False),
    )


def _tables_and_findings() -> None:
    op.create_table(
        "tables",
        Column(
            "reading_id",
            _ID,
            ForeignKey("readings.id", name="fk_tables_reading_id"),
            primary_key=True,
            autoincrement=False,
        ),
        Column("position", BigInteger, primary_key=True, autoincrement=False),
        Column("notice_id", Printed, nullable=False),
        Column("source", Printed, nullable=False),
        Column("table_no", BigInteger, nullable=False),
        Column("kind", Printed, nullable=False),
        Column("title", Printed, nullable=True),
        Column("pages", Printed, nullable=False),
        Column("rows", BigInteger, nullable=False),
        Column("columns", BigInteger, nullable=False),
        Column("measure", Printed, nullable=True),
        Column("reader", Printed, nullable=False),
        Column("ref", Printed, nullable=False),
    )
    op.create_table(
        "findings",
        Column(
            "reading_id",
            _ID,
            ForeignKey("readings.id", name="fk_findings_reading_id"),
            primary_key=True,
            autoincrement=False,
        ),
        Column("position", BigInteger, primary_key=True, autoincrement=False),
        Column("notice_id", Printed, nullable=False),
        Column("source", Printed, nullable=False),
        Column("rule", Printed, nullable=False),
        Column("severity", Printed, nullable=False),
        Column("cause", Printed, nullable=False),
        Column("table_no", BigInteger, nullable=True),
        Column("row_no", BigInteger, nullable=True),
        Column("col_no", BigInteger, nullable=True),
        Column("printed", Printed, nullable=True),
        Column("recomputed", ExactDecimal, nullable=True),
        Column("difference", ExactDecimal, nullable=True),
        Column("tolerance", ExactDecimal, nullable=True),
        Column("message", Printed, nullable=False),
        Column("proposal", Printed, nullable=True),
        Column("ref", Printed, nullable=True),
    )
