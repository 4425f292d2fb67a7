import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { curveOfFile } from './ecparam.js';
import { Failure, unknownAlgorithm } from './failure.js';
import { keyPem } from './genrsa.js';
import { keyText } from './key-text.js';
import { alterPlan, type KeyPlan, makeKey, planOf } from './new-key.js';
import { Misuse, type OptionKind, type Options, readOptions } from './options.js';

const OPTIONS: Readonly<Record<string, OptionKind>> = {
  algorithm: 'value',
  out: 'value',
  outform: 'format',
  paramfile: 'value',
  pkeyopt: 'value',
  quiet: 'flag',
  text: 'flag',
};

/** `openssl genpkey`: a new key of any kind. */
export function* genpkey(sys: Sys, words: readonly string[]): Waiting<number> {
  const options = readOptions(words, OPTIONS, () => {
    throw new Misuse('');
  });
  if (options.operands.length > 0) throw new Misuse('');
  const path = options.value('out');
  if (path !== undefined) checkPlace(sys, path);
  const plan = planOfOptions(sys, options);
  for (const { name, value } of options.given) {
    const lines = name === 'pkeyopt' ? alterPlan(sys, plan, value) : undefined;
    if (lines) throw new Failure([`genpkey: Error setting ${value} parameter:`, ...lines]);
  }
  const key = makeKey(sys, plan, `genpkey: Error generating ${plan.algorithm} key`);
  const isDer = /^d/i.test(options.value('outform') ?? '');
  const made = isDer ? key.export({ type: 'pkcs8', format: 'der' }) : Buffer.from(keyPem(key));
  const bytes = Buffer.concat([made, encodeText(options.has('text') ? keyText(key) : '')]);
  if (path === undefined) yield* sys.write(1, bytes);
  else sys.writeFile(path, bytes, 0o600);
  return 0;
}

function planOfOptions(sys: Sys, options: Options): KeyPlan {
  const [name, file] = [options.value('algorithm'), options.value('paramfile')];
  if (file !== undefined) {
    const curve = curveOfFile(sys, file, `Can't open parameter file ${file}`);
    if (name !== undefined) throw new Failure(['Algorithm already set!']);
    return { algorithm: 'EC', bits: '', curve: curve?.name };
  }
  if (name === undefined) throw new Misuse('');
  const plan = planOf(name);
  if (!plan) throw new Failure([`Error initializing ${name} context`, unknownAlgorithm(sys, name)]);
  return plan;
}

/** The file is opened before the key is made, and what is wrong with it told in fewer words than elsewhere. */
function checkPlace(sys: Sys, path: string): void {
  try {
    sys.writeFile(path, new Uint8Array(), 0o600);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Failure([`genpkey: Can't open "${path}" for writing, ${error.message}`]);
  }
}
