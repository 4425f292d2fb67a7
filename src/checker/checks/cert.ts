import { createPrivateKey, type X509Certificate } from 'node:crypto';
import { endBefore } from '../certificates/chain.js';
import { alternativeNames, daysLeft, fieldsOf, nameInWords, USAGE_WORDS, usagesOf } from '../certificates/fields.js';
import { certificateIn, certificatesIn, type PemSource, pemName, readPem } from '../certificates/read.js';
import type { Verdict } from '../condition.js';
import { needsOfFile } from '../needs/host-needs.js';
import { flag, list, map, orVariant, path, type Schema, strings, text } from '../schema/words.js';
import type { CheckContext, CheckKind, Report } from '../subject.js';

interface CertSubject {
  readonly cert: PemSource & {
    readonly common_name?: string;
    readonly organizations?: readonly string[];
    readonly names?: readonly string[];
    readonly issuer?: string;
    readonly days_min?: number;
    readonly days_max?: number;
    readonly signed_by?: PemSource;
    readonly key?: PemSource;
    readonly usages?: readonly string[];
    readonly authority?: boolean;
  };
}

const sourceFields: Record<string, Schema> = {
  host: text('A host by its base name; with path.'),
  path,
  user: text('Of a kubeconfig: whose; that of the current context when left out.'),
  secret: map(
    {
      namespace: text('The namespace of the Secret.'),
      name: text('The name of the Secret.'),
      key: text('Its key; tls.crt (tls.key for a key) when left out.'),
    },
    ['namespace', 'name'],
    'A Secret that holds it.',
  ),
};
const other = (description: string): Schema => map(sourceFields, [], description);
const days = (description: string): Schema => orVariant({ type: 'number', description });

/** A certificate: for whom, by whom, how long, for what. */
export const cert: CheckKind<CertSubject> = {
  field: 'cert',
  schema: map(
    {
      ...sourceFields,
      request: text('A CertificateSigningRequest that was granted, by name.'),
      common_name: text('The common name of its subject.'),
      organizations: strings('The organizations of its subject, these and no others.'),
      names: strings('DNS names and addresses it must be for, among others.'),
      issuer: text('The common name of its issuer.'),
      days_min: days('How many days it is valid at least, from now on.'),
      days_max: days('How many days it is valid at most, from now on.'),
      signed_by: other(
        'The certificate of the authority whose signature it must bear, itself or through those that stand with it.',
      ),
      key: other('The private key that must fit.'),
      usages: list({ enum: USAGE_WORDS }, 'What it may be used for: these, and perhaps others.'),
      authority: flag('It may sign others, or not.'),
    },
    [],
    'A certificate: a PEM file on a host, in a kubeconfig, in a Secret, or granted to a request. It must be valid now.',
  ),
  needs: ({ cert: { key, signed_by: by, ...own } }, place) =>
    [own, key, by].flatMap((source) =>
      source?.path === undefined ? [] : needsOfFile(source.host ?? 'controlplane', source.path, place),
    ),
  lint,
  async judge({ cert: subject }, context) {
    const expected = 'a certificate';
    const pem = await readPem(subject, 'certificate', context);
    if (pem.text === undefined) return { passed: false, expected, found: pem.reason };
    const certificate = certificateIn(pem.text);
    if (!certificate) return { passed: false, expected, found: `no certificate in ${pemName(subject)}` };
    return (
      named(certificate, subject) ??
      used(certificate, subject) ??
      lasting(certificate, subject, (await context.cluster.now()) / 1000) ??
      (await signed(certificate, pem.text, subject, context)) ??
      (await keyed(certificate, subject, context)) ?? {
        passed: true,
        expected: asked(subject),
        found: shown(certificate),
      }
    );
  },
};

function named(certificate: X509Certificate, subject: CertSubject['cert']): Verdict | undefined {
  const { common_name: commonName, organizations, names, issuer } = subject;
  const [own] = fieldsOf(certificate.subject, 'CN');
  const [by] = fieldsOf(certificate.issuer, 'CN');
  const groups = fieldsOf(certificate.subject, 'O');
  if (commonName !== undefined && own !== commonName) return no(`CN=${commonName}`, `CN=${own ?? ''}`);
  if (organizations && [...groups].sort().join() !== [...organizations].sort().join())
    return no(`O=${organizations.join(', O=')}`, groups.length === 0 ? 'no O' : `O=${groups.join(', O=')}`);
  if (issuer !== undefined && by !== issuer) return no(`issued by ${issuer}`, `issued by ${by ?? 'nobody'}`);
  const given = alternativeNames(certificate);
  const missing = (names ?? []).filter((name) => !given.includes(name));
  return missing.length > 0 ? no(`for ${missing.join(', ')}`, `for ${given.join(', ') || 'no names'}`) : undefined;
}

function used(certificate: X509Certificate, { usages = [], authority }: CertSubject['cert']): Verdict | undefined {
  if (authority !== undefined && certificate.ca !== authority)
    return no(authority ? 'an authority' : 'no authority', certificate.ca ? 'an authority' : 'no authority');
  const given = usagesOf(certificate);
  const missing = usages.filter((usage) => !given.includes(usage));
  return missing.length > 0 ? no(`for ${missing.join(', ')}`, `for ${given.join(', ') || 'no usage'}`) : undefined;
}

/** One that is not valid yet, or no longer, is none, whatever else it says. */
function lasting(certificate: X509Certificate, subject: CertSubject['cert'], now: number): Verdict | undefined {
  const { days_min: daysMin, days_max: daysMax } = subject;
  const left = daysLeft(certificate, now);
  if (Date.parse(certificate.validFrom) > now) return no('valid now', `not before ${certificate.validFrom}`);
  if (left < 0) return no('valid now', `expired ${certificate.validTo}`);
  const found = `${Math.floor(left)} days, until ${certificate.validTo}`;
  if (daysMin !== undefined && left < Number(daysMin)) return no(`valid for at least ${daysMin} days`, found);
  return daysMax !== undefined && left > Number(daysMax) ? no(`valid for at most ${daysMax} days`, found) : undefined;
}

/** Those that stand behind it in the same place may lead to the authority. */
async function signed(
  certificate: X509Certificate,
  text: string,
  { signed_by: by }: CertSubject['cert'],
  context: CheckContext,
): Promise<Verdict | undefined> {
  if (!by) return undefined;
  const expected = `signed by ${pemName(by)}`;
  const pem = await readPem(by, 'certificate', context);
  if (pem.text === undefined) return no(expected, pem.reason);
  const authority = certificateIn(pem.text);
  if (!authority) return no(expected, `no certificate in ${pemName(by)}`);
  const end = endBefore(authority, certificate, certificatesIn(text));
  return end && no(expected, `signed by another (${fieldsOf(end.issuer, 'CN')[0] ?? 'nobody'})`);
}

async function keyed(
  certificate: X509Certificate,
  { key }: CertSubject['cert'],
  context: CheckContext,
): Promise<Verdict | undefined> {
  if (!key) return undefined;
  const expected = `the key in ${pemName(key)} fits`;
  const pem = await readPem(key, 'key', context);
  if (pem.text === undefined) return no(expected, pem.reason);
  try {
    return certificate.checkPrivateKey(createPrivateKey(pem.text)) ? undefined : no(expected, 'it belongs to another');
  } catch {
    return no(expected, `no private key in ${pemName(key)}`);
  }
}

function no(expected: string, found: string): Verdict {
  return { passed: false, expected, found };
}

function asked(subject: CertSubject['cert']): string {
  return `a certificate in ${pemName(subject)} as it should be`;
}

function shown(certificate: X509Certificate): string {
  return `${nameInWords(certificate.subject)}, until ${certificate.validTo}`;
}

function lint({ cert: subject }: CertSubject, path: string, report: Report): void {
  const where = `${path}/cert`;
  lintSource(subject, where, report);
  if (subject.signed_by) lintSource(subject.signed_by, `${where}/signed_by`, report);
  if (subject.key) lintSource(subject.key, `${where}/key`, report);
}

function lintSource(source: PemSource, where: string, report: Report): void {
  const given = (['path', 'secret', 'request'] as const).filter((name) => name in source);
  if (given.length === 0) report(where, 'says not where it is: path on a host, or secret');
  for (const name of given.slice(1)) report(`${where}/${name}`, `stands beside ${given[0]}; it is in one place`);
  if ('path' in source && source.host === undefined) report(where, 'host is missing: whose file it is');
}
