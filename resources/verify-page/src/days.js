// Jalali days as `yyyymmdd`.

const FIRST_YEAR = 1300;
const LAST_YEAR = 1500;
const EPOCH = 226894; // The day before 1 Farvardin 1, counted from 1 January 1 (Gregorian).
// Years in which the cycle of 33 years makes a leap year, by their place in it.
const LEAPS = [1, 5, 9, 13, 17, 22, 26, 30];

/** The day that a letter writes in one number; null for what is none. */
export function spelt(number) {
  if (!Number.isInteger(number) || number < 0) return null;
  // Shifts would cut a greater number to 32 bits, and make a day of it.
  const year = FIRST_YEAR + Math.floor(number / 512);
  const month = Math.floor(number / 32) % 16;
  const day = number % 32;
  if (year > LAST_YEAR || month < 1 || month > 12 || day < 1) return null;
  return String(year * 10000 + month * 100 + day);
}

/** The number of a day, one more for each day that passes (1300 to 1500). */
export function count(day) {
  const [year, month, date] = [+day.slice(0, 4), +day.slice(4, 6), +day.slice(6)];
  const cycles = Math.floor((year - 1) / 33);
  const leaps = cycles * 8 + LEAPS.filter((each) => each <= (year - 1) % 33).length;
  const before = month < 8 ? (month - 1) * 31 : (month - 1) * 30 + 6;
  return EPOCH + (year - 1) * 365 + leaps + before + date;
}

/** Today in Yazd, by the clock of this machine. */
export function today(now = Date.now()) {
  // Iran has kept no summer time since 1401: three and a half hours.
  const days = Math.floor((now + 12600000) / 86400000) + 719163;
  let year = Math.floor((days - EPOCH) / 365.2422) + 1;
  const first = (each) => count(`${String(each).padStart(4, "0")}0101`);
  while (first(year) > days) year -= 1;
  while (first(year + 1) <= days) year += 1;
  const passed = days - first(year);
  const month = passed < 186 ? Math.floor(passed / 31) : 6 + Math.floor((passed - 186) / 30);
  const date = passed < 186 ? passed % 31 : (passed - 186) % 30;
  return String(year * 10000 + (month + 1) * 100 + date + 1);
}
