import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { findUser } from '../../kernel/libc/accounts.js';
import { askSecret } from '../../kernel/libc/ask-secret.js';
import { exists } from '../../kernel/libc/exists.js';
import { getopt, OptionError } from '../../kernel/libc/getopt.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { fingerprint, randomart } from './fingerprint.js';
import { KEY_TYPES, type KeyType, newKey, type SshKey } from './key.js';
import { type PublicKey, privateFile, publicLine, publicOfPrivate, readPublicLine } from './key-file.js';

const SPECS = [
  ...['b', 'C', 'f', 'm', 'N', 'P', 't', 'a', 'O'].map((short) => ({ short, argument: 'required' as const })),
  ...['l', 'q', 'v', 'y'].map((short) => ({ short })),
];
const USAGE = `usage: ssh-keygen [-q] [-b bits] [-C comment] [-f output_keyfile]
                  [-N new_passphrase] [-t ecdsa | ed25519 | rsa]
       ssh-keygen -y [-f input_keyfile]
       ssh-keygen -l [-v] [-f input_keyfile]
`;
const RSA_BITS = 3072;
const RSA_BITS_MIN = 1024;
const COST: Readonly<Record<KeyType, number>> = { ecdsa: MILLISECOND, ed25519: MILLISECOND, rsa: 200 * MILLISECOND };

/** What ssh-keygen ends with: a message for stderr, and status 255 where nothing else is said. */
class Ended extends Error {
  readonly status: number;

  constructor(message: string, status = 255) {
    super(message);
    this.status = status;
  }
}

type Options = ReadonlyMap<string, string | undefined>;

function* run(sys: Sys): Waiting<number> {
  try {
    const { options } = getopt(sys.args.slice(1), SPECS);
    const given = new Map(options.map(({ name, value }) => [name, value]));
    if (given.has('l')) yield* tell(sys, given);
    else if (given.has('y')) yield* printPublic(sys, given);
    else yield* generate(sys, given);
    return 0;
  } catch (error) {
    if (error instanceof OptionError) {
      yield* printError(sys, `${error.message}\n${USAGE}`);
      return 1;
    }
    if (!(error instanceof Ended)) throw error;
    if (error.message !== '') yield* printError(sys, `${error.message}\r\n`);
    return error.status;
  }
}

function* generate(sys: Sys, options: Options): Waiting<void> {
  const type = typeOf(options.get('t') ?? 'ed25519');
  const bits = bitsOf(type, options.get('b'));
  const quiet = options.has('q');
  const say = function* (text: string): Waiting<void> {
    if (!quiet) yield* print(sys, text);
  };
  yield* say(`Generating public/private ${type} key pair.\n`);
  const path = options.get('f') ?? (yield* askPath(sys, type));
  if (exists(sys, path)) {
    yield* print(sys, `${path} already exists.\n`);
    if (!/^y/i.test(yield* askLine(sys, 'Overwrite (y/n)? '))) throw new Ended('', 1);
  }
  if ((options.get('N') ?? (yield* askPassphrase(sys))) !== '')
    throw new Ended('ssh-keygen: keys with a passphrase are not made on these machines', 1);
  sys.charge(COST[type]);
  const random = sys.random().fork('ssh-key');
  const key = newKey(type, bits, random);
  if (!key) throw new Ended(`ssh-keygen: RSA keys of ${bits} bits are not made on these machines`, 1);
  const comment = options.get('C') ?? `${userName(sys)}@${sys.hostname()}`;
  save(sys, path, privateFile(key, comment, random.bytes(4)), 0o600);
  yield* say(`Your identification has been saved in ${path}\n`);
  save(sys, `${path}.pub`, publicLine({ algorithm: key.algorithm, blob: key.publicBlob, comment }), 0o644);
  yield* say(`Your public key has been saved in ${path}.pub\n`);
  yield* say(`The key fingerprint is:\n${fingerprint(key.publicBlob)} ${comment}\n`);
  yield* say(`The key's randomart image is:\n${randomart(key.publicBlob, `${key.kind} ${key.bits}`)}`);
}

function typeOf(text: string): KeyType {
  const type = KEY_TYPES.find((one) => one === text.toLowerCase());
  if (!type) throw new Ended(`unknown key type ${text}`);
  return type;
}

function bitsOf(type: KeyType, text: string | undefined): number {
  if (type !== 'rsa') return 256;
  const bits = Number(text ?? RSA_BITS);
  if (!Number.isInteger(bits)) throw new Ended(`Invalid number: ${text}`);
  if (bits < RSA_BITS_MIN) throw new Ended(`Invalid RSA key length: minimum is ${RSA_BITS_MIN} bits`);
  return bits;
}

/** Where the person wants it; the folder of the usual place is made when it is not there. */
function* askPath(sys: Sys, type: KeyType): Waiting<string> {
  const folder = `${findUser(sys, sys.credentials.uid)?.home ?? '/'}/.ssh`;
  const usual = `${folder}/id_${type}`;
  const typed = yield* askLine(sys, `Enter file in which to save the key (${usual}): `);
  if (typed !== '') return typed;
  if (!exists(sys, folder)) {
    sys.makeDirectory(folder, 0o700);
    yield* print(sys, `Created directory '${folder}'.\n`);
  }
  return usual;
}

function* askPassphrase(sys: Sys): Waiting<string> {
  for (;;) {
    const first = (yield* askSecret(sys, 'Enter passphrase (empty for no passphrase): ')) ?? '';
    const second = (yield* askSecret(sys, 'Enter same passphrase again: ')) ?? '';
    if (first === second) return first;
    yield* print(sys, 'Passphrases do not match.  Try again.\n');
  }
}

function* askLine(sys: Sys, question: string): Waiting<string> {
  yield* print(sys, question);
  return decodeText(yield* sys.read(0)).replace(/\n$/, '');
}

function save(sys: Sys, path: string, text: string, mode: number): void {
  try {
    sys.writeFile(path, text, mode);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Ended(`Saving key "${path}" failed: ${error.message}`, 1);
  }
}

/** `-y`: the public half of a private key. */
function* printPublic(sys: Sys, options: Options): Waiting<void> {
  const path = options.get('f') ?? (yield* askFile(sys, 'ed25519'));
  const key = publicOfPrivate(readFile(sys, path, `Load key "${path}"`));
  if (!key) throw new Ended(`Load key "${path}": error in libcrypto`);
  yield* print(sys, publicLine(key));
}

/** `-l`: a key's length, fingerprint, comment and kind, and with `-v` its picture. */
function* tell(sys: Sys, options: Options): Waiting<void> {
  const path = options.get('f') ?? (yield* askFile(sys, 'ed25519'));
  const text = readFile(sys, path, `ssh-keygen: ${path}`);
  const key = readPublicLine(text) ?? publicOfPrivate(text);
  if (!key) throw new Ended(`${path} is not a public key file.`);
  const { kind, bits } = measured(key);
  yield* print(sys, `${bits} ${fingerprint(key.blob)} ${key.comment || 'no comment'} (${kind})\n`);
  if (options.has('v')) yield* print(sys, randomart(key.blob, `${kind} ${bits}`));
}

function* askFile(sys: Sys, type: KeyType): Waiting<string> {
  const usual = `${findUser(sys, sys.credentials.uid)?.home ?? '/'}/.ssh/id_${type}`;
  return (yield* askLine(sys, `Enter file in which the key is (${usual}): `)) || usual;
}

function readFile(sys: Sys, path: string, failing: string): string {
  try {
    return decodeText(sys.readFile(path));
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Ended(`${failing}: ${error.message}`);
  }
}

/** RSA's length is that of its modulus, the last number of the public half. */
function measured({ algorithm, blob }: PublicKey): Pick<SshKey, 'kind' | 'bits'> {
  if (algorithm !== 'ssh-rsa') return { kind: algorithm === 'ssh-ed25519' ? 'ED25519' : 'ECDSA', bits: 256 };
  const exponentAt = 4 + algorithm.length;
  const modulusAt = exponentAt + 4 + blob.readUInt32BE(exponentAt);
  const modulus = BigInt(`0x${blob.subarray(modulusAt + 4).toString('hex')}`);
  return { kind: 'RSA', bits: modulus.toString(2).length };
}

function userName(sys: Sys): string {
  return findUser(sys, sys.credentials.uid)?.name ?? `${sys.credentials.uid}`;
}

/** ssh-keygen of OpenSSH 9.6, for keys without a passphrase. */
export const sshKeygen: InstalledProgram = { name: 'ssh-keygen', paths: ['/usr/bin/ssh-keygen'], run };
