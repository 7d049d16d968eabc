"""What people are told: in-app notices, the outbox of reminders, the daily digest."""
