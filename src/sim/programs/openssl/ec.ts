import type { KeyObject } from 'node:crypto';
import { CURVES } from '../../client/pki/curves.js';
import { writePem } from '../../client/pki/pem.js';
import { encodeText } from '../../kernel/bytes.js';
import { printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { EC_PARAMETERS } from './ecparam.js';
import { Failure } from './failure.js';
import { type Half, KEY_OPTIONS, keyOptions, readKeyFile, writeKey } from './key-files.js';
import { keyText } from './key-text.js';
import { curveId } from './new-key.js';
import type { OptionKind } from './options.js';
import { writeOutput } from './output.js';

const OPTIONS: Readonly<Record<string, OptionKind>> = { ...KEY_OPTIONS, param_out: 'flag' };

/** `openssl ec`: what a key on an elliptic curve says, and the key in another form; it takes RSA's too. */
export function* ec(sys: Sys, words: readonly string[]): Waiting<number> {
  const options = keyOptions(sys, 'ec', OPTIONS, words);
  const half = options.has('pubin') ? 'public' : 'private';
  yield* printError(sys, 'read EC key\n');
  const key = yield* load(sys, options.value('in'), half);
  const before = options.has('text') ? keyText(key) : '';
  if (options.has('check')) yield* printError(sys, 'EC Key valid.\n');
  if (!options.has('noout')) yield* printError(sys, 'writing EC key\n');
  const curve = CURVES[key.export({ format: 'jwk' }).crv ?? ''];
  if (options.has('param_out') && !options.has('noout') && curve) {
    const pem = writePem(EC_PARAMETERS, curveId(curve));
    yield* writeOutput(sys, options.value('out'), encodeText(before + pem), 0o600);
    return 0;
  }
  const form = key.asymmetricKeyType === 'rsa' ? 'pkcs1' : key.asymmetricKeyType === 'ec' ? 'sec1' : undefined;
  const isSecret = key.type === 'private' && !options.has('pubout') && !options.has('noout');
  if (isSecret && form === undefined) throw new Failure(['unable to write EC key']);
  yield* writeKey(sys, options, key, form ?? 'pkcs8', { before });
  return 0;
}

function* load(sys: Sys, path: string | undefined, half: Half): Waiting<KeyObject> {
  try {
    return yield* readKeyFile(sys, path, half, `${half} key`);
  } catch (error) {
    throw error instanceof Failure ? new Failure([...error.lines, 'unable to load Key']) : error;
  }
}
