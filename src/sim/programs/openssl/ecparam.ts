import { CURVES } from '../../client/pki/curves.js';
import type { Curve } from '../../client/pki/ecdsa.js';
import { readPem, writePem } from '../../client/pki/pem.js';
import { type Bytes, decodeText, encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { print, printError, readAll } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { Failure, unopened } from './failure.js';
import { curveId, curveKey, curveOf, invalidCurve } from './new-key.js';
import { Misuse, type OptionKind, type Options, readOptions } from './options.js';
import { writeOutput } from './output.js';

export const EC_PARAMETERS = 'EC PARAMETERS';
const OPTIONS: Readonly<Record<string, OptionKind>> = {
  check: 'flag',
  genkey: 'flag',
  in: 'value',
  list_curves: 'flag',
  name: 'value',
  noout: 'flag',
  out: 'value',
  text: 'flag',
};
/** What SECG calls curves that have another name here. */
const OTHER_NAMES: Readonly<Record<string, string>> = { secp192r1: 'prime192v1', secp256r1: 'prime256v1' };
/** What is said of curves that keys are made on. */
const LISTED: readonly (readonly [name: string, about: string])[] = [
  ['secp256k1', 'SECG curve over a 256 bit prime field'],
  ['secp384r1', 'NIST/SECG curve over a 384 bit prime field'],
  ['secp521r1', 'NIST/SECG curve over a 521 bit prime field'],
  ['prime256v1', 'X9.62/SECG curve over a 256 bit prime field'],
];

/** `openssl ecparam`: the parameters of a curve, and new keys on it. */
export function* ecparam(sys: Sys, words: readonly string[]): Waiting<number> {
  const options = readOptions(words, OPTIONS);
  if (options.operands.length > 0) throw new Misuse('');
  if (options.has('list_curves')) {
    yield* print(sys, LISTED.map(([name, about]) => `  ${name.padEnd(10)}: ${about}\n`).join(''));
    return 0;
  }
  const curve = yield* wantedCurve(sys, options);
  if (options.has('check')) yield* printError(sys, 'checking elliptic curve parameters: ok\n');
  const text = options.has('text') ? parameterText(curve) : '';
  const parameters = options.has('noout') ? '' : writePem(EC_PARAMETERS, curveId(curve));
  const isKey = options.has('genkey');
  const key = isKey ? String(curveKey(sys, curve).export({ type: 'sec1', format: 'pem' })) : '';
  yield* writeOutput(sys, options.value('out'), encodeText(text + parameters + key), isKey ? 0o600 : undefined);
  return 0;
}

function* wantedCurve(sys: Sys, options: Options): Waiting<Curve> {
  const given = options.value('name');
  if (given === undefined) return yield* curveOfInput(sys, options.value('in'));
  const name = (Object.hasOwn(OTHER_NAMES, given) ? OTHER_NAMES[given] : given) as string;
  if (name !== given) yield* printError(sys, `using curve name ${name} instead of ${given}\n`);
  const curve = curveOf(name);
  if (curve) return curve;
  throw new Failure(['unable to generate key', invalidCurve(sys)]);
}

function* curveOfInput(sys: Sys, path: string | undefined): Waiting<Curve> {
  let bytes: Bytes | undefined;
  try {
    bytes = path === undefined ? yield* readAll(sys, 0) : sys.readFile(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  const curve = bytes && curveOfParameters(bytes);
  if (curve) return curve;
  const unopened = bytes ? '' : 'Could not open file or uri for loading'.repeat(2);
  throw new Failure([`${unopened}Unable to load parameters from ${path ?? '<NULL>'}`]);
}

/** The curve that a file names for keys; `failing`: what is said when it cannot be opened. Throws `Failure`. */
export function curveOfFile(sys: Sys, path: string, failing: string): Curve | undefined {
  try {
    return curveOfParameters(sys.readFile(path));
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Failure([failing, ...unopened(sys, path, 'r', error)]);
  }
}

/** The curve that parameters name; undefined for what is none. */
function curveOfParameters(bytes: Bytes): Curve | undefined {
  const block = readPem(decodeText(bytes)).find(({ label }) => label === EC_PARAMETERS);
  return block && Object.values(CURVES).find((curve) => Buffer.from(curveId(curve)).equals(block.der));
}

function parameterText(curve: Curve): string {
  const [nist = ''] = Object.entries(CURVES).find(([, one]) => one === curve) ?? [];
  const bits = curve.order.toString(2).length;
  const also = nist.startsWith('P-') ? `NIST CURVE: ${nist}\n` : '';
  return `EC-Parameters: (${bits} bit)\nASN1 OID: ${curve.name}\n${also}`;
}
