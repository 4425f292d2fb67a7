import { createHash } from 'node:crypto';
import { writePem } from '../../client/pki/pem.js';
import type { Bytes } from '../../kernel/bytes.js';
import { printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Certificate } from './certificate.js';
import { readCertificates, timeMillis, timeText } from './certificate.js';
import { hexPairs } from './der.js';
import { DIGESTS } from './digests.js';
import { NAME_FORMS, type NameForm, nameText } from './distinguished-name.js';
import { extensionLines } from './extensions.js';
import { Failure, readInput, unknownAlgorithm, unreadable } from './failure.js';
import { shortName } from './object-names.js';
import { Misuse, type OptionKind, type Options, readOptions } from './options.js';
import { writeOutput } from './output.js';
import { signRequest } from './sign-request.js';
import { certificateText } from './text.js';

const OPTIONS: Readonly<Record<string, OptionKind>> = {
  CA: 'value',
  CAcreateserial: 'flag',
  CAkey: 'value',
  CAserial: 'value',
  checkend: 'number',
  copy_extensions: 'value',
  dates: 'flag',
  days: 'number',
  enddate: 'flag',
  ext: 'value',
  extensions: 'value',
  extfile: 'value',
  fingerprint: 'flag',
  in: 'value',
  inform: 'format',
  issuer: 'flag',
  key: 'value',
  modulus: 'flag',
  nameopt: 'value',
  nocert: 'flag',
  noout: 'flag',
  out: 'value',
  outform: 'format',
  pubkey: 'flag',
  req: 'flag',
  serial: 'flag',
  set_serial: 'value',
  signkey: 'value',
  startdate: 'flag',
  subject: 'flag',
  text: 'flag',
};

/** Options that the real program has and this one has not: it says so rather than taking them for digests. */
const ABSENT = new Set(
  (
    'addtrust alias certopt checkemail checkhost checkip clrext clrtrust ' +
    'dateopt email force_pubkey hash issuer_hash keyform new next_serial ocsp_uri passin ' +
    'preserve_dates purpose setalias sigopt subj subject_hash trustout x509toreq'
  ).split(' '),
);

/** `openssl x509`: shows what a certificate says, and writes it in another form. */
export function* x509(sys: Sys, words: readonly string[]): Waiting<number> {
  let digest: string | undefined;
  const options = readOptions(words, OPTIONS, (name) => {
    if (ABSENT.has(name)) throw new Misuse(`-${name} is not at hand on these machines`);
    digest = name;
  });
  if (options.operands.length > 0) throw new Misuse('');
  const nameForm = formOf(options);
  const path = options.value('in');
  if (options.has('req')) return yield* signRequest(sys, options, digest);
  const [certificate] = readCertificates(yield* readInput(sys, path, 'certificate'));
  if (!certificate) throw unreadable(path, 'certificate');
  let text = '';
  for (const { name, value } of options.given) {
    if (name === 'fingerprint' && digest !== undefined && !DIGESTS.has(digest))
      throw new Failure(['Unknown digest', unknownAlgorithm(sys, digest)]);
    if (name === 'ext' && extensionsText(certificate, value) === '')
      yield* printError(sys, 'No extensions in certificate\n');
    text += shown(certificate, name, value, { nameForm, digest: digest ?? 'sha1' });
  }
  const seconds = options.value('checkend');
  const ends = timeMillis(certificate.notAfter) < sys.now() / MILLISECOND + Number(seconds) * 1000;
  if (seconds !== undefined) text += `Certificate will ${ends ? '' : 'not '}expire\n`;
  yield* put(sys, options, text, options.has('noout') || options.has('nocert') ? undefined : certificate.der);
  return seconds !== undefined && ends ? 1 : 0;
}

function formOf(options: Options): NameForm {
  const wanted = options.value('nameopt') ?? 'oneline';
  const form = NAME_FORMS.find((one) => one.toLowerCase() === wanted.toLowerCase());
  if (!form) throw new Misuse('');
  return form;
}

/** What one option shows of a certificate; nothing for those that show nothing. */
function shown(
  certificate: Certificate,
  option: string,
  value: string,
  { nameForm, digest }: { nameForm: NameForm; digest: string },
): string {
  const { x509: read } = certificate;
  switch (option) {
    case 'text':
      return certificateText(certificate, nameForm);
    case 'subject':
      return `subject=${nameText(certificate.subject, nameForm)}\n`;
    case 'issuer':
      return `issuer=${nameText(certificate.issuer, nameForm)}\n`;
    case 'startdate':
      return `notBefore=${timeText(certificate.notBefore)}\n`;
    case 'enddate':
      return `notAfter=${timeText(certificate.notAfter)}\n`;
    case 'dates':
      return `notBefore=${timeText(certificate.notBefore)}\nnotAfter=${timeText(certificate.notAfter)}\n`;
    case 'serial':
      return `serial=${serialText(certificate.serial)}\n`;
    case 'ext':
      return extensionsText(certificate, value);
    case 'pubkey':
      return String(read.publicKey.export({ type: 'spki', format: 'pem' }));
    case 'modulus':
      return `Modulus=${modulusOf(certificate)}\n`;
    case 'fingerprint': {
      const hash = createHash(digest).update(certificate.der).digest();
      const name = digest === 'sha1' ? 'SHA1' : digest;
      return `${name} Fingerprint=${hexPairs(hash).join(':').toUpperCase()}\n`;
    }
    default:
      return '';
  }
}

/** Without the zero before what would look negative. */
function serialText(serial: Bytes): string {
  const digits = hexPairs(serial).join('').toUpperCase();
  return digits.length > 2 ? digits.replace(/^00/, '') : digits;
}

/** The named extensions, in the certificate's order. */
function extensionsText({ extensions }: Certificate, wanted: string): string {
  const names = wanted.split(',');
  return extensions
    .filter(({ id }) => names.includes(shortName(id)))
    .flatMap(extensionLines)
    .map((line) => `${line}\n`)
    .join('');
}

function modulusOf({ x509: { publicKey } }: Certificate): string {
  if (publicKey.asymmetricKeyType !== 'rsa') return 'No modulus for this public key type';
  const { n = '' } = publicKey.export({ format: 'jwk' });
  return Buffer.from(n, 'base64url').toString('hex').toUpperCase();
}

/** Texts and the certificate go to standard output or to the file of `-out`. */
function* put(sys: Sys, options: Options, text: string, der: Bytes | undefined): Waiting<void> {
  const binary = /^der$/i.test(options.value('outform') ?? '');
  const last = der === undefined ? new Uint8Array(0) : binary ? der : Buffer.from(writePem('CERTIFICATE', der));
  const bytes = Buffer.concat([Buffer.from(text), last]);
  yield* writeOutput(sys, options.value('out'), bytes);
}
