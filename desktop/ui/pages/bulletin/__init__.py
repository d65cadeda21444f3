"""کارنامهٔ ماهانه: the month's bulletin, read and saved."""
