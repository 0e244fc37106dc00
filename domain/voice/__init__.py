"""What is said in calls, for ears: pure, and in the languages of caregivers."""
