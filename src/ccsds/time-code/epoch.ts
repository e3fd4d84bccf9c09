// Calendar days and the epochs that the time codes count from. All in the proleptic Gregorian calendar.

export const MICROS_PER_SECOND = 1_000_000;
export const MICROS_PER_DAY = 86_400_000_000;

/** Days from 1970-01-01: the usual count of a civil date, with March as the first month of the year. */
const civilDays = (year: number, month: number, day: number): number => {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

export const DAYS_1958_TO_1970 = -civilDays(1958, 1, 1);

/** Days since 1958-01-01 of a date; month 1..12. */
export const dayOf = (year: number, month: number, day: number): number =>
  civilDays(year, month, day) + DAYS_1958_TO_1970;

export interface CivilDate {
  readonly year: number;
  /** 1..12. */
  readonly month: number;
  readonly day: number;
}

/** The date of a day since 1958-01-01. */
export const dateOf = (day: number): CivilDate => {
  const shifted = day - DAYS_1958_TO_1970 + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
};

/** TAI microseconds since 1958 at which the GPS scale starts, 1980-01-06 UTC: GPS is TAI - 19 s. */
export const GPS_EPOCH_TAI = dayOf(1980, 1, 6) * MICROS_PER_DAY + 19 * MICROS_PER_SECOND;
/** TAI microseconds since 1958 at J2000.0, 2000-01-01 12:00 TT: TT is TAI + 32.184 s. */
export const J2000_EPOCH_TAI = dayOf(2000, 1, 1) * MICROS_PER_DAY + 43_200 * MICROS_PER_SECOND - 32_184_000;
