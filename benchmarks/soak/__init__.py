"""`make soak` (`python -m benchmarks.soak.run`): thousands of documents, killers among them, and
kill -9 at random moments. No part of `make bench`: it takes half an hour."""
