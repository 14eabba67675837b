"""From strings to meaning: quantities, header paths, places, indicators, the notice's head."""
