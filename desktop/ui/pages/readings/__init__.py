"""گزارش مشاهده‌ها: who looked at which case or property."""
