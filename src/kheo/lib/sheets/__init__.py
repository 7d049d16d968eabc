"""Tables in and out: columns as values, located errors, streamed workbooks."""
