"""Session state, jobs and settings; QtCore only."""
