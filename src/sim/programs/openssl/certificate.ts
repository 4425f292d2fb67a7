import { X509Certificate } from 'node:crypto';
import { objectIdText } from '../../api/pki/der-reader.js';
import { type PemBlock, readPem, writePem } from '../../client/pki/pem.js';
import { type Bytes, decodeText } from '../../kernel/bytes.js';
import { type DerValue, inside, readValues } from './der.js';

/** An extension of a certificate: which, whether it must be understood, and its value as DER. */
export interface Extension {
  readonly id: string;
  readonly critical: boolean;
  readonly value: Bytes;
}

/** A certificate in its parts. */
export interface Certificate {
  readonly der: Bytes;
  readonly version: number;
  readonly serial: Bytes;
  readonly algorithm: string;
  readonly issuer: DerValue;
  readonly notBefore: DerValue;
  readonly notAfter: DerValue;
  readonly subject: DerValue;
  readonly publicKey: DerValue;
  readonly extensions: readonly Extension[];
  readonly signature: Bytes;
  readonly x509: X509Certificate;
}

const PEM_LABELS = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']);

/** All certificates of a file, PEM or one in DER; none when there are none to be read. */
export function readCertificates(bytes: Bytes): Certificate[] {
  const blocks = readPem(decodeText(bytes)).filter(({ label }) => PEM_LABELS.has(label));
  const all: readonly Pick<PemBlock, 'der'>[] = blocks.length > 0 || bytes[0] !== 0x30 ? blocks : [{ der: bytes }];
  return all.flatMap(({ der }) => readCertificate(der) ?? []);
}

function readCertificate(der: Bytes): Certificate | undefined {
  try {
    const [signed, algorithm, signature] = inside(readValues(der)[0]);
    const fields = inside(signed);
    const version = fields[0]?.tag === 0xa0 ? inside(fields.shift())[0] : undefined;
    const [serial, , issuer, validity, subject, publicKey, ...more] = fields;
    const [notBefore, notAfter] = inside(validity);
    const [id] = inside(algorithm);
    if (!(serial && issuer && notBefore && notAfter && subject && publicKey && id && signature)) return undefined;
    return {
      der,
      version: (version?.content[0] ?? 0) + 1,
      serial: serial.content,
      algorithm: objectIdText(id),
      issuer,
      notBefore,
      notAfter,
      subject,
      publicKey,
      extensions: extensionsOf(more.find(({ tag }) => tag === 0xa3)),
      signature: signature.content.subarray(1),
      x509: new X509Certificate(writePem('CERTIFICATE', der)),
    };
  } catch {
    // Neither DER nor anything that node takes for a certificate: there is none.
    return undefined;
  }
}

function extensionsOf(field: DerValue | undefined): Extension[] {
  return inside(inside(field)[0]).map((extension) => {
    const parts = inside(extension);
    const [id] = parts;
    const value = parts.at(-1);
    if (!id || !value) throw new RangeError('an extension without value');
    return {
      id: objectIdText(id),
      critical: parts.length === 3 && parts[1]?.content[0] === 0xff,
      value: value.content,
    };
  });
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** An instant as OpenSSL writes it: `Jan 15 07:58:00 2026 GMT`. */
export function timeText(value: DerValue): string {
  const [year, month, day, ...clock] = timeParts(value);
  const two = (number = 0) => String(number).padStart(2, '0');
  return `${MONTHS[(month ?? 1) - 1]} ${String(day).padStart(2)} ${clock.map(two).join(':')} ${year} GMT`;
}

/** An instant in milliseconds since the Unix epoch. */
export function timeMillis(value: DerValue): number {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = timeParts(value);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function timeParts({ tag, content }: DerValue): number[] {
  const digits = decodeText(content).replace(/Z$/, '');
  const short = tag === 0x17;
  const year = Number(digits.slice(0, short ? 2 : 4));
  const rest = digits.slice(short ? 2 : 4).match(/\d\d/g) ?? [];
  return [short ? (year < 50 ? 2000 : 1900) + year : year, ...rest.map(Number)];
}
