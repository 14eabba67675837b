"""The five public tables as files: csv, jsonl, parquet and xlsx, all with the same data.

One notice's records are written at a time, so memory does not grow with the number of notices.
"""
