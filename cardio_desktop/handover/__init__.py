"""Results for other systems: measurements and the report in the forms that archives and records take."""
