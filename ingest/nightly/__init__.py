"""The nightly job: an archive into a store, what is new or changed once, and books.

archive  -> Sighting      what lies there, without opening it          ingest/archive/
Sighting -> Item          what is new or changed, its bytes, its hash   supply.py
Item     -> Records       read in a child process that may die    reading.py, isolation/
Records  -> store         one writer, one transaction a document        desk.py
         -> Summary       the books, a report, metrics                  summary.py
"""
