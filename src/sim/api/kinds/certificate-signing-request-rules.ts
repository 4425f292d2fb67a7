/** What is wrong with a CertificateSigningRequest (certificates/validation). */
import { duplicate, type FieldError, forbidden, invalid, notSupported, required } from '../field-error.js';
import { certificateRequestError, certificatesError } from '../pki/certificate-request.js';
import type { CertificateSigningRequest, CertificateSigningRequestCondition } from '../types/certificates.js';
import { validateMeta, validateMetaUpdate } from './meta.js';
import { validateSignerName } from './signer-name.js';

const CONDITIONS = 'status.conditions';
const CERTIFICATE = 'status.certificate';
const LEGACY_SIGNER = 'kubernetes.io/legacy-unknown';
const EXPIRATION_SECONDS_MIN = 600;
/** Conditions that are there or not, and never false. */
const DECISIONS = ['Approved', 'Denied', 'Failed'];

const USAGES = [
  'any',
  'cert sign',
  'client auth',
  'code signing',
  'content commitment',
  'crl sign',
  'data encipherment',
  'decipher only',
  'digital signature',
  'email protection',
  'encipher only',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'key agreement',
  'key encipherment',
  'microsoft sgc',
  'netscape sgc',
  'ocsp signing',
  's/mime',
  'server auth',
  'signing',
  'timestamping',
];

/** The conditions of one type. */
export function conditionsOf(request: CertificateSigningRequest, type: string): CertificateSigningRequestCondition[] {
  return (request.status?.conditions ?? []).filter((condition) => condition.type === type);
}

/** All of a request; of a changed one with its `old` form, whose faults are let pass. */
export function validateCertificateRequest(
  request: CertificateSigningRequest,
  old?: CertificateSigningRequest,
): FieldError[] {
  const { spec } = request;
  const errors = validateMeta(request, false, () => []);
  const wrong = certificateRequestError(decoded(spec.request ?? undefined));
  if (wrong !== undefined) errors.push(invalid('spec.request', spec.request, wrong));
  errors.push(...validateUsages(spec.usages ?? [], old?.spec.usages));
  if (spec.signerName === LEGACY_SIGNER && old?.spec.signerName !== LEGACY_SIGNER) {
    const words = 'the legacy signerName is not allowed via this API version';
    errors.push(invalid('spec.signerName', spec.signerName, words));
  } else errors.push(...validateSignerName('spec.signerName', spec.signerName));
  const seconds = spec.expirationSeconds;
  if (seconds !== undefined && seconds < EXPIRATION_SECONDS_MIN) {
    const words = 'may not specify a duration less than 600 seconds (10 minutes)';
    errors.push(invalid('spec.expirationSeconds', seconds, words));
  }
  return [...errors, ...validateConditions(request, old), ...validateCertificate(request, old)];
}

function decoded(base64: string | undefined): string {
  return Buffer.from(base64 ?? '', 'base64').toString('latin1');
}

function validateUsages(usages: readonly string[], old: readonly string[] | undefined): FieldError[] {
  const path = 'spec.usages';
  if (usages.length === 0) return [required(path)];
  const errors: FieldError[] = [];
  const isUnknown = (usage: string) => !USAGES.includes(usage);
  const isRepeated = (list: readonly string[]) => new Set(list).size < list.length;
  usages.forEach((usage, index) => {
    if (isUnknown(usage) && !old?.some(isUnknown)) errors.push(notSupported(`${path}[${index}]`, usage, USAGES));
  });
  usages.forEach((usage, index) => {
    const again = usages.indexOf(usage) < index;
    if (again && !(old && isRepeated(old))) errors.push(duplicate(`${path}[${index}]`, usage));
  });
  return errors;
}

function validateConditions(request: CertificateSigningRequest, old?: CertificateSigningRequest): FieldError[] {
  const errors: FieldError[] = [];
  const seen: string[] = [];
  const before = (old?.status?.conditions ?? []).map(({ type }) => type);
  const bothBefore = before.includes('Approved') && before.includes('Denied');
  const repeatedBefore = new Set(before).size < before.length;
  (request.status?.conditions ?? []).forEach(({ type, status }, index) => {
    const at = `${CONDITIONS}[${index}]`;
    if (type === '' && !before.includes('')) errors.push(required(`${at}.type`));
    const allowed = DECISIONS.includes(type) ? ['True'] : ['False', 'True', 'Unknown'];
    if (status === '') errors.push(required(`${at}.status`));
    else if (!allowed.includes(status)) errors.push(notSupported(`${at}.status`, status, allowed));
    const opposite = type === 'Approved' ? 'Denied' : type === 'Denied' ? 'Approved' : undefined;
    if (opposite !== undefined && seen.includes(opposite) && !bothBefore) {
      errors.push(invalid(CONDITIONS, type, 'Approved and Denied conditions are mutually exclusive'));
    }
    if (seen.includes(type) && !repeatedBefore) errors.push(duplicate(`${at}.type`, type));
    seen.push(type);
  });
  return errors;
}

function validateCertificate({ status }: CertificateSigningRequest, old?: CertificateSigningRequest): FieldError[] {
  const before = old?.status?.certificate;
  if (!status?.certificate || (old && status.certificate === before)) return [];
  if (before && certificatesError(decoded(before)) !== undefined) return [];
  const wrong = certificatesError(decoded(status.certificate));
  return wrong === undefined ? [] : [invalid(CERTIFICATE, '<certificate data>', wrong)];
}

/** All of a changed request. What may change depends on where the change came in: conditions of approval, a certificate. */
export function validateCertificateRequestUpdate(
  request: CertificateSigningRequest,
  old: CertificateSigningRequest,
  may: 'approval' | 'nothing' | 'status',
): FieldError[] {
  const errors = validateCertificateRequest(request, old);
  for (const type of DECISIONS) {
    if (conditionsOf(request, type).length >= conditionsOf(old, type).length) continue;
    errors.push(forbidden(CONDITIONS, `updates may not remove a condition of type "${type}"`));
  }
  for (const type of may === 'approval' ? [] : ['Approved', 'Denied']) {
    if (conditionsOf(request, type).length <= conditionsOf(old, type).length) continue;
    errors.push(forbidden(CONDITIONS, `updates may not add a condition of type "${type}"`));
  }
  const certificate = request.status?.certificate ?? '';
  const before = old.status?.certificate ?? '';
  if (certificate !== before) {
    if (may !== 'status') errors.push(forbidden(CERTIFICATE, 'updates may not set certificate content'));
    else if (before !== '') errors.push(forbidden(CERTIFICATE, 'updates may not modify existing certificate content'));
  }
  return [...errors, ...validateMetaUpdate(request, old)];
}
