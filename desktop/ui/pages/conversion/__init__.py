"""تبدیل کارگزاری به پیشخوان: the path, its papers, its tests, its minutes."""
