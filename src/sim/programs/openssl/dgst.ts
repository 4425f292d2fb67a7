import { createHash, createHmac, type KeyObject, verify } from 'node:crypto';
import { signatureOf } from '../../client/pki/signature.js';
import { type Bytes, encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { printError, readAll } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { DIGESTS, LEGACY_DIGESTS } from './digests.js';
import { Failure, queued, unknownAlgorithm, unopened } from './failure.js';
import { readKeyFile } from './key-files.js';
import { type OptionKind, type Options, readOptions } from './options.js';
import { writeOutput } from './output.js';

const OPTIONS: Readonly<Record<string, OptionKind>> = {
  binary: 'flag',
  c: 'flag',
  hex: 'flag',
  hmac: 'value',
  keyform: 'format',
  list: 'flag',
  mac: 'value',
  macopt: 'value',
  out: 'value',
  prverify: 'value',
  r: 'flag',
  sign: 'value',
  signature: 'value',
  verify: 'value',
};
/** What goes through a digest in a microsecond. */
const BYTES_A_MICROSECOND = 500;
const NAME = /^sha-(\d+)$|^sha2-(\d+)$/;

/** How bytes become a digest, a signature or a code, and what is printed before it. */
interface Way {
  readonly label: string;
  readonly isBinary: boolean;
  make(bytes: Bytes): Bytes;
}

/** `openssl dgst` and `openssl sha256` and its kind. `usual`: the digest that the command is named for. */
export function* dgst(sys: Sys, words: readonly string[], usual?: string): Waiting<number> {
  let given = usual;
  const options = readOptions(words, OPTIONS, (name) => {
    const known = name.toLowerCase().replace(NAME, (_, one, other) => `sha${one ?? other}`);
    if (!DIGESTS.has(known) && !LEGACY_DIGESTS.has(known)) throw unknownDigest(sys, usual ?? 'dgst', name);
    given = known;
  });
  if (options.has('list')) {
    const names = [...DIGESTS.keys(), ...LEGACY_DIGESTS.keys()].sort().map((name) => `-${name}`.padEnd(26));
    const lines = Array.from({ length: Math.ceil(names.length / 3) }, (_, at) =>
      names.slice(3 * at, 3 * at + 3).join(' '),
    );
    yield* writeOutput(sys, options.value('out'), encodeText(`Supported digests:\n${lines.join('\n')}\n`));
    return 0;
  }
  const isSigned = ['sign', 'verify', 'prverify'].some((name) => options.has(name));
  if (isSigned && options.operands.length > 1)
    throw new Failure([`${usual ?? 'dgst'}: Can only sign or verify one file.`]);
  if (options.has('verify') || options.has('prverify')) return yield* check(sys, options, given);
  return yield* printAll(sys, options, yield* wayOf(sys, options, given, usual ?? 'dgst'));
}

function unknownDigest(sys: Sys, command: string, name: string): Failure {
  const said = [`${command}: Unknown option or message digest: ${name}`, `${command}: Use -help for summary.`];
  return new Failure([...said, unknownAlgorithm(sys, name)]);
}

function* wayOf(sys: Sys, options: Options, given: string | undefined, command: string): Waiting<Way> {
  const { label, hash } = digestOf(sys, given);
  const form = options.given.findLast(({ name }) => name === 'binary' || name === 'hex')?.name;
  const isBinary = form === 'binary';
  const path = options.value('sign');
  if (path !== undefined) {
    const key = yield* readKeyFile(sys, path, 'private', 'private key');
    refuseOddKeys(key);
    const name = key.asymmetricKeyType === 'rsa' ? 'RSA' : 'EC';
    const full = given === undefined ? 'SHA2-256' : label;
    return { label: `${name}-${full}`, isBinary: form !== 'hex', make: (bytes) => signatureOf(key, bytes, hash) };
  }
  const secret = macKey(sys, options, command);
  if (secret)
    return { label: `HMAC-${label}`, isBinary, make: (bytes) => createHmac(hash, secret).update(bytes).digest() };
  return { label, isBinary, make: (bytes) => createHash(hash).update(bytes).digest() };
}

/** Only keys of RSA and elliptic curves sign a digest. */
function refuseOddKeys(key: KeyObject): void {
  if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'ec')
    throw new Failure(['Key type not supported for this operation']);
}

/** Without a name it is SHA-256, which is then called by its short name. */
function digestOf(sys: Sys, name: string | undefined): { label: string; hash: string } {
  if (name === undefined) return { label: 'SHA256', hash: 'sha256' };
  const [label, hash] = DIGESTS.get(name) ?? [];
  if (label !== undefined && hash !== undefined) return { label, hash };
  const fetch = 'digital envelope routines:inner_evp_generic_fetch:unsupported:../crypto/evp/evp_fetch.c:386';
  const init = 'digital envelope routines:evp_md_init_internal:initialization error:../crypto/evp/digest.c:254:';
  const which = `Algorithm (${LEGACY_DIGESTS.get(name)}), Properties ()`;
  throw new Failure([
    'Error setting digest',
    queued(sys, '0308010C', `${fetch}:Global default library context, ${which}`),
    queued(sys, '03000086', init),
  ]);
}

function macKey(sys: Sys, options: Options, command: string): Bytes | undefined {
  const hmac = options.value('hmac');
  if (hmac !== undefined) return encodeText(hmac);
  const mac = options.value('mac');
  if (mac === undefined) return undefined;
  if (mac.toUpperCase() !== 'HMAC')
    throw new Failure([`Error initializing ${mac} context`, unknownAlgorithm(sys, mac)]);
  const parameters = options.given.filter(({ name }) => name === 'macopt').map(({ value }) => value);
  const text = parameters.findLast((one) => one.startsWith('key:'));
  const digits = parameters.findLast((one) => one.startsWith('hexkey:'));
  if (text !== undefined) return encodeText(text.slice('key:'.length));
  if (digits !== undefined) return Buffer.from(digits.slice('hexkey:'.length), 'hex');
  const place = 'Provider routines:mac_gen:invalid key:../providers/implementations/keymgmt/mac_legacy_kmgmt.c:498:';
  throw new Failure([`${command}: Error generating HMAC key`, queued(sys, '1C80009E', place)]);
}

function* printAll(sys: Sys, options: Options, way: Way): Waiting<number> {
  const chunks: Bytes[] = [];
  let status = 0;
  const put = function* (bytes: Bytes): Waiting<void> {
    if (options.has('out')) chunks.push(bytes);
    else yield* sys.write(1, bytes);
  };
  if (options.has('out')) yield* writeOutput(sys, options.value('out'), new Uint8Array());
  const paths = options.operands.length === 0 ? [undefined] : options.operands;
  for (const path of paths) {
    try {
      const made = way.make(yield* input(sys, path));
      yield* put(way.isBinary ? made : encodeText(lineOf(options, way.label, path ?? 'stdin', made)));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      yield* printError(sys, error.lines.map((line) => `${line}\n`).join(''));
      status = 1;
    }
  }
  if (options.has('out')) yield* writeOutput(sys, options.value('out'), Buffer.concat(chunks));
  return status;
}

function lineOf(options: Options, label: string, name: string, made: Bytes): string {
  const hex = Buffer.from(made).toString('hex');
  const form = options.given.findLast((one) => one.name === 'r' || one.name === 'c')?.name;
  if (form === 'r') return `${hex} *${name}\n`;
  return `${label}(${name})= ${form === 'c' ? (hex.match(/../g) ?? []).join(':') : hex}\n`;
}

function* input(sys: Sys, path: string | undefined): Waiting<Bytes> {
  const bytes = path === undefined ? yield* readAll(sys, 0) : fileOf(sys, path);
  sys.charge(Math.ceil(bytes.length / BYTES_A_MICROSECOND));
  return bytes;
}

function fileOf(sys: Sys, path: string): Bytes {
  try {
    return sys.readFile(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    const isFolder = error.code === 'EISDIR';
    const [call, line] = isFolder ? ['file_read', 149] : ['file_ctrl', 297];
    const what = isFolder ? 'calling fread()' : `calling fopen(${path}, r)`;
    const code = isFolder ? '80000015' : error.code === 'ENOENT' ? '80000002' : '8000000D';
    throw new Failure([
      isFolder ? `Read error in ${path}` : `${path}: ${error.message}`,
      queued(sys, code, `system library:${call}:${error.message}:../crypto/bio/bss_file.c:${line}:${what}`),
      queued(sys, '10080002', `BIO routines:${call}:system lib:../crypto/bio/bss_file.c:${isFolder ? 151 : 300}:`),
    ]);
  }
}

/** `-verify` and `-prverify`: whether a signature is of this file and that key. */
function* check(sys: Sys, options: Options, given: string | undefined): Waiting<number> {
  const { hash } = digestOf(sys, given);
  const path = options.value('signature');
  if (path === undefined) throw new Failure(['No signature to verify: use the -signature option']);
  const secret = options.value('prverify');
  const key =
    secret === undefined
      ? yield* readKeyFile(sys, options.value('verify'), 'public', 'public key')
      : yield* readKeyFile(sys, secret, 'private', 'private key');
  refuseOddKeys(key);
  const signature = signatureOfFile(sys, path);
  const bytes = yield* input(sys, options.operands[0]);
  const isElliptic = key.asymmetricKeyType === 'ec';
  if (isElliptic && !isPairOfNumbers(signature)) throw new Failure(['Error verifying data']);
  if (verify(hash, bytes, key, signature)) {
    yield* writeOutput(sys, options.value('out'), encodeText('Verified OK\n'));
    return 0;
  }
  if (!isElliptic) {
    const lines = [
      queued(sys, '02000068', 'rsa routines:ossl_rsa_verify:bad signature:../crypto/rsa/rsa_sign.c:429:'),
      queued(
        sys,
        '1C880004',
        'Provider routines:rsa_verify:RSA lib:../providers/implementations/signature/rsa_sig.c:769:',
      ),
    ];
    yield* printError(sys, lines.map((line) => `${line}\n`).join(''));
  }
  yield* writeOutput(sys, options.value('out'), encodeText('Verification failure\n'));
  return 1;
}

function signatureOfFile(sys: Sys, path: string): Bytes {
  let bytes: Bytes;
  try {
    bytes = sys.readFile(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Failure([`Error opening signature file ${path}`, ...unopened(sys, path, 'rb', error)]);
  }
  if (bytes.length === 0) throw new Failure([`Error reading signature file ${path}`]);
  return bytes;
}

/** Whether bytes have the form of an ECDSA signature: one sequence and no more. */
function isPairOfNumbers(bytes: Bytes): boolean {
  const [tag, length = 0] = bytes;
  return tag === 0x30 && (length < 0x80 ? bytes.length === length + 2 : bytes.length === (bytes[2] ?? 0) + 3);
}
