"""The carrier that speaks Twilio's API, to Twilio or to whoever else speaks it."""
