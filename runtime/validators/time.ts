/** Points and spans of time (RFC 3339, section 5.6 and appendix A). */

export function date(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  return Number(day) >= 1 && Number(day) <= daysIn(Number(month), Number(year));
}

/** The offset from UTC is required. */
export function time(text: string): boolean {
  return isTime(text, true);
}

/** ISO 8601's: the offset may be missing. */
export function isoTime(text: string): boolean {
  return isTime(text, false);
}

export function dateTime(text: string): boolean {
  return isDateTime(text, time);
}

export function isoDateTime(text: string): boolean {
  return isDateTime(text, isoTime);
}

/** `P1Y2M3DT4H5M6S` or `P7W`; each part may be missing, not all of them. */
export function duration(text: string): boolean {
  return /^P(?!$)(?:(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?|\d+W)$/.test(text);
}

function isDateTime(text: string, isClock: (text: string) => boolean): boolean {
  return /^[t\s]$/i.test(text.charAt(10)) && date(text.slice(0, 10)) && isClock(text.slice(11));
}

function isTime(text: string, withOffset: boolean): boolean {
  const parts = /^(\d\d):(\d\d):(\d\d(?:\.\d+)?)(z|([+-])(\d\d)(?::?(\d\d))?)?$/i.exec(text);
  if (!parts) return false;
  const [, hour, minute, second, offset, sign, offsetHour = 0, offsetMinute = 0] = parts;
  if (Number(offsetHour) > 23 || Number(offsetMinute) > 59 || (withOffset && !offset)) return false;
  if (Number(hour) <= 23 && Number(minute) <= 59 && Number(second) < 60) return true;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) >= 61) return false;
  // A leap second comes at the end of a day of UTC.
  const ahead = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === "-" ? -1 : 1);
  return (((Number(hour) * 60 + Number(minute) - ahead) % 1440) + 1440) % 1440 === 1439;
}

function daysIn(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30;
  return month >= 1 && month <= 12 ? 31 : 0;
}
