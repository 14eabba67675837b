"""One small reader a layout. A reader turns lines into claims of raw tables and knows no more."""
