import type { X509Certificate } from 'node:crypto';

/** `CN=jane` and `O=ops` lines of a name, the values of one field. */
export function fieldsOf(name: string | undefined, field: string): readonly string[] {
  return (name ?? '')
    .split('\n')
    .filter((line) => line.startsWith(`${field}=`))
    .map((line) => line.slice(field.length + 1));
}

/** A name in one line: `O=ops, CN=jane`. A certificate may have none for its subject. */
export function nameInWords(name: string | undefined): string {
  return name?.replaceAll('\n', ', ') ?? 'no name';
}

const DAY = 86_400_000;

/** For how many days a certificate is still valid; less than 0 when it has expired. `now` is in milliseconds. */
export function daysLeft({ validTo }: X509Certificate, now: number): number {
  return (Date.parse(validTo) - now) / DAY;
}

/** The names and addresses a certificate is for, without what kind each is. */
export function alternativeNames({ subjectAltName = '' }: X509Certificate): readonly string[] {
  return subjectAltName
    .split(', ')
    .filter(Boolean)
    .map((name) => name.replace(/^(DNS|IP Address|URI|email):/, ''));
}

/** What a certificate may be used for, by the numbers X.509 has for it. */
const USAGES: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'server auth',
  '1.3.6.1.5.5.7.3.2': 'client auth',
  '1.3.6.1.5.5.7.3.3': 'code signing',
  '1.3.6.1.5.5.7.3.4': 'email protection',
  '1.3.6.1.5.5.7.3.8': 'timestamping',
  '1.3.6.1.5.5.7.3.9': 'ocsp signing',
};

/** The extended usages of a certificate in the words a CertificateSigningRequest has for them. */
export function usagesOf(certificate: X509Certificate): readonly string[] {
  return (certificate.keyUsage ?? []).map((number) => USAGES[number] ?? number);
}

/** The words for usages. */
export const USAGE_WORDS: readonly string[] = Object.values(USAGES);
