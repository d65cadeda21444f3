"""The commissions of Article 100 and 5: referral, sessions, rulings and their service."""
