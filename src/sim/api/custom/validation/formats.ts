/** Formats of texts that schemas of custom resources may ask for (kube-openapi strfmt, as apiextensions admits them). */
import { DurationError, parseDuration } from '../../duration.js';
import { parseLongDuration } from '../../long-duration.js';

/** Whether a text is of a format; formats that are not known are not looked at. */
export function hasFormat(format: string, text: string): boolean {
  const check = FORMATS[plainName(format)];
  return check === undefined || check(text);
}

/** Whether the server looks at a format of a type. */
export function isKnownFormat(format: string, type: string): boolean {
  if (type === '' || type === 'string') return Object.hasOwn(FORMATS, plainName(format));
  if (type === 'integer') return format === 'int32' || format === 'int64';
  return type === 'number' && (format === 'float' || format === 'double');
}

/** Dashes do not count. */
function plainName(format: string): string {
  return format.replaceAll('-', '');
}

const LETTER = String.raw`a-zA-Z0-9\p{S}\p{L}`;
const HOSTNAME = new RegExp(
  String.raw`^([${LETTER}]((-?[${LETTER}]{0,62})?)|([${LETTER}](([\-${LETTER}]{0,61}[${LETTER}])?)(\.)){1,}([a-zA-Z\p{L}]){2,63})$`,
  'u',
);
const SHORT_NAME = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const CREDIT_CARD =
  /^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|6(?:011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35\d{3})\d{11})$/;
const COLOR_PART = String.raw`\s*(0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*`;
const RGB = new RegExp(`^rgb\\(${COLOR_PART},${COLOR_PART},${COLOR_PART}\\)$`);

const matches =
  (pattern: RegExp) =>
  (text: string): boolean =>
    pattern.test(text);

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  bsonobjectid: matches(/^[0-9a-fA-F]{24}$/),
  byte: matches(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/),
  cidr: isCidr,
  creditcard: isCreditCard,
  date: isDate,
  datetime: isDateTime,
  duration: (text) => isGoDuration(text) || parseLongDuration(text) !== undefined,
  email: matches(/^(?:[^<>]*<)?[^\s@<>"(),:;[\]\\]+(?:\.[^\s@<>"(),:;[\]\\]+)*@[^\s@<>"(),:;[\]\\]+>?$/),
  hexcolor: matches(/^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/),
  hostname: isHostname,
  ipv4: isIpv4,
  ipv6: isIpv6,
  isbn: (text) => isIsbn10(text) || isIsbn13(text),
  isbn10: isIsbn10,
  isbn13: isIsbn13,
  k8slongname: (text) => text.length <= 253 && new RegExp(`^${SHORT_NAME}(\\.${SHORT_NAME})*$`).test(text),
  k8sshortname: (text) => text.length <= 63 && new RegExp(`^${SHORT_NAME}$`).test(text),
  mac: matches(
    /^(?:(?:[0-9a-fA-F]{2}(:|-))(?:[0-9a-fA-F]{2}\1){4}(?:[0-9a-fA-F]{2}\1){0,2}[0-9a-fA-F]{2}|(?:[0-9a-fA-F]{4}\.){2,3}[0-9a-fA-F]{4}|(?:[0-9a-fA-F]{2}(:|-))(?:[0-9a-fA-F]{2}\2){18}[0-9a-fA-F]{2}|(?:[0-9a-fA-F]{4}\.){9}[0-9a-fA-F]{4})$/,
  ),
  password: () => true,
  rgbcolor: matches(RGB),
  ssn: matches(/^\d{3}[- ]\d{2}[- ]\d{4}$/),
  uri: isUri,
  uuid: matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i),
  uuid3: matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i),
  uuid4: matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i),
  uuid5: matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i),
};

function isGoDuration(text: string): boolean {
  try {
    parseDuration(text);
    return true;
  } catch (error) {
    if (error instanceof DurationError) return false;
    throw error;
  }
}

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (year === undefined) return false;
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  const days = m === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(m) ? 30 : 31;
  return m >= 1 && m <= 12 && d >= 1 && d <= days;
}

function isDateTime(text: string): boolean {
  const [date = '', time] = text.toLowerCase().split('t');
  if (time === undefined || !isDate(date)) return false;
  const parts = /^([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))$/.exec(time);
  const [, hours = '', minutes = '', seconds = ''] = parts ?? [];
  return parts !== null && hours <= '23' && minutes <= '59' && seconds <= '59';
}

function isHostname(text: string): boolean {
  if (!HOSTNAME.test(text) || Buffer.byteLength(text) > 255) return false;
  return text.split('.').every((part) => Buffer.byteLength(part) <= 63);
}

/** Zeros before a number are let pass. */
function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,}$/.test(part) && Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  const [address = '', zone] = text.split('%');
  if (zone !== undefined || !address.includes(':')) return false;
  const halves = address.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const hasIpv4 = last.includes('.');
  if (hasIpv4 && !isIpv4(last)) return false;
  const plain = hasIpv4 ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  const count = plain.length + (hasIpv4 ? 2 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}

function isCidr(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  if (bits === undefined || more !== undefined || !/^\d+$/.test(bits)) return false;
  if (address.includes(':')) return isIpv6(address) && Number(bits) <= 128;
  return isIpv4(address) && Number(bits) <= 32;
}

/** What Go's url.ParseRequestURI takes: an absolute path, or a scheme with something behind it. */
function isUri(text: string): boolean {
  if (text === '' || hasControl(text) || /%(?![0-9a-fA-F]{2})/.test(text.split('?')[0] ?? '')) return false;
  if (text === '*' || text.startsWith('/')) return true;
  const [, rest] = /^[a-zA-Z][a-zA-Z0-9+.-]*:(.*)$/s.exec(text) ?? [];
  if (rest === undefined) return false;
  const [, host] = /^\/\/([^/?]*)/.exec(rest) ?? [];
  if (host === undefined) return true;
  const [, port] = /:([^:\]]*)$/.exec(host.slice(host.lastIndexOf('@') + 1)) ?? [];
  return !/[\s<>"]/.test(host) && (port === undefined || /^\d*$/.test(port));
}

function hasControl(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\u007f');
}

function isCreditCard(text: string): boolean {
  const digits = text.replace(/[^0-9]+/g, '');
  if (!CREDIT_CARD.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value >= 10 ? (value % 10) + 1 : value);
  }, 0);
  return sum % 10 === 0;
}

function isIsbn10(text: string): boolean {
  const digits = text.replace(/[\s-]+/g, '');
  if (!/^(?:[0-9]{9}X|[0-9]{10})$/.test(digits)) return false;
  const sum = [...digits].reduce(
    (total, digit, index) => total + (index + 1) * (digit === 'X' ? 10 : Number(digit)),
    0,
  );
  return sum % 11 === 0;
}

function isIsbn13(text: string): boolean {
  const digits = text.replace(/[\s-]+/g, '');
  if (!/^[0-9]{13}$/.test(digits)) return false;
  const sum = [...digits.slice(0, 12)].reduce(
    (total, digit, index) => total + (index % 2 === 1 ? 3 : 1) * Number(digit),
    0,
  );
  return Number(digits[12]) === (10 - (sum % 10)) % 10;
}
