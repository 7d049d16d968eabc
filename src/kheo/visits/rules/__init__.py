"""Who sets teams up, plans and holds visits, writes sheets, and follows recommendations up."""
