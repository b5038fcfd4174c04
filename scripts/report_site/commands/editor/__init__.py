"""What only the person who prepares a report sees: its doubtful places, and how it compares with the one before."""
