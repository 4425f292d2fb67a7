import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Capability } from '../../clusters/port.js';
import { endBefore } from '../certificates/chain.js';
import { daysLeft, nameInWords } from '../certificates/fields.js';
import type { Verdict } from '../condition.js';
import { needsOfFile, type TaskPlace } from '../needs/host-needs.js';
import { UndecidedError } from '../objects.js';
import { map, type Schema, strings, text } from '../schema/words.js';
import type { CheckContext } from '../subject.js';

/** Where an authority's certificate is. */
type Authority =
  | { readonly secret: { readonly namespace: string; readonly name: string; readonly key?: string } }
  | { readonly configMap: { readonly namespace: string; readonly name: string; readonly key?: string } }
  | { readonly file: { readonly host: string; readonly path: string } };

/** What must be so of the certificate that a server shows. */
export interface ShownCertificate {
  /** Parts of the distinguished names: `CN=shop.example`. */
  readonly subject?: string;
  readonly issuer?: string;
  /** Names it must be for; a wildcard in it counts. */
  readonly names?: readonly string[];
  readonly days_left_min?: number;
  readonly days_left_max?: number;
  readonly verified_by?: Authority;
}

const keyed = (what: string): Schema =>
  map(
    {
      namespace: text(`The namespace of the ${what}.`),
      name: text(`The name of the ${what}.`),
      key: text('The key that holds it; ca.crt when left out.'),
    },
    ['namespace', 'name'],
    `A key of a ${what} that holds the certificate.`,
  );
const days = (description: string): Schema => ({ type: 'integer', description });

/** The schema of a `ShownCertificate`. */
export const shownCertificate: Schema = map(
  {
    subject: text('A part of its subject, such as CN=shop.example.'),
    issuer: text('A part of its issuer, such as CN=my-ca.'),
    names: strings('Names that it must be valid for.'),
    days_left_min: days('How many days it must still be valid.'),
    days_left_max: days('How many days it may still be valid.'),
    verified_by: {
      description: 'Whose signature it must bear, itself or through those shown with it.',
      oneOf: [
        map({ secret: keyed('secret') }, ['secret'], 'An authority kept in a secret.'),
        map({ configMap: keyed('config map') }, ['configMap'], 'An authority kept in a config map.'),
        map(
          {
            file: map(
              { host: text('The host by its base name.'), path: text('The absolute path of the file.') },
              ['host', 'path'],
              'A file on a host of the cluster.',
            ),
          },
          ['file'],
          'An authority kept in a file.',
        ),
      ],
    },
  },
  [],
  'What the server must show as its certificate.',
);

/** What it takes to compare a certificate with an authority's that lies in a file. */
export function needsOfCertificate(wanted: ShownCertificate | undefined, place: TaskPlace): Capability[] {
  const authority = wanted?.verified_by;
  return authority && 'file' in authority ? needsOfFile(authority.file.host, authority.file.path, place) : [];
}

/** Judges the certificates a server showed, its own first. */
export async function judgeCertificate(
  pems: readonly string[],
  wanted: ShownCertificate,
  context: CheckContext,
): Promise<Verdict> {
  const [own, ...others] = pems.map((pem) => new X509Certificate(pem));
  if (!own) return { passed: false, expected: 'a certificate', found: 'it shows none' };
  const names = { subject: nameInWords(own.subject), issuer: nameInWords(own.issuer) };
  for (const field of ['subject', 'issuer'] as const) {
    const part = wanted[field];
    if (part !== undefined && !names[field].includes(part.replaceAll(' = ', '=')))
      return { passed: false, expected: `${field} with ${part}`, found: `${field} ${names[field]}` };
  }
  for (const name of wanted.names ?? [])
    if ((isIP(name) === 0 ? own.checkHost(name) : own.checkIP(name)) === undefined)
      return { passed: false, expected: `valid for ${name}`, found: own.subjectAltName ?? names.subject };
  const left = daysLeft(own, (await context.cluster.now()) / 1000);
  const { days_left_min: min, days_left_max: max } = wanted;
  const found = left < 0 ? 'it has expired' : `${Math.floor(left)} days`;
  if (min !== undefined && left < min) return { passed: false, expected: `at least ${min} days left`, found };
  if (max !== undefined && left > max) return { passed: false, expected: `at most ${max} days left`, found };
  return wanted.verified_by
    ? judgeSignature(own, others, await authorityOf(wanted.verified_by, context))
    : { passed: true, expected: 'its certificate', found: names.subject };
}

/** Whether an authority signed a certificate, itself or through those that came along. */
function judgeSignature(own: X509Certificate, others: readonly X509Certificate[], authority: X509Certificate): Verdict {
  const expected = `signed by ${nameInWords(authority.subject)}`;
  const end = endBefore(authority, own, others);
  if (!end) return { passed: true, expected, found: expected };
  const why = end.issuer === authority.subject ? ' with another key' : '';
  return { passed: false, expected, found: `signed by ${nameInWords(end.issuer)}${why}` };
}

async function authorityOf(where: Authority, { cluster, objects, host }: CheckContext): Promise<X509Certificate> {
  let pem: string | undefined;
  let place: string;
  if ('file' in where) {
    place = where.file.path;
    const file = await cluster.file(host(where.file.host), where.file.path);
    pem = file && Buffer.from(file.content).toString('latin1');
  } else {
    const [kind, { namespace, name, key = 'ca.crt' }] =
      'secret' in where ? ['Secret', where.secret] : ['ConfigMap', where.configMap];
    place = `${kind.toLowerCase()}/${name} in ${namespace}`;
    const [object] = await objects.read({ apiVersion: 'v1', kind, namespace, name });
    const value = (object?.['data'] as Record<string, string> | undefined)?.[key];
    pem = kind === 'Secret' && value !== undefined ? Buffer.from(value, 'base64').toString('latin1') : value;
  }
  try {
    return new X509Certificate(pem as string);
  } catch {
    throw new UndecidedError(`${place} holds no certificate of an authority to compare with`);
  }
}
