"""Runs: actors, journal, outbox, carriers and timers. No rule about caregivers and shifts lives here."""
