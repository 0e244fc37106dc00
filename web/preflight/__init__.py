"""What would fail once real people are texted and called, found out beforehand: the lines of `firstyes preflight`."""
