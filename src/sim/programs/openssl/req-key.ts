import type { KeyObject } from 'node:crypto';
import { encodeText } from '../../kernel/bytes.js';
import { printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { curveOfFile } from './ecparam.js';
import { Failure, unknownAlgorithm } from './failure.js';
import { keyPem } from './genrsa.js';
import { alterPlan, type KeyPlan, makeKey, planOf, tooSmall } from './new-key.js';
import { Misuse, type Options } from './options.js';
import { writeOutput } from './output.js';
import type { Config } from './req-config.js';
import { readKey } from './signing.js';

/** The key of `-key`, or a new one, which `-keyout` says where to keep. Throws `Failure`, `Misuse`. */
export function* keyFor(sys: Sys, options: Options, config: Config): Waiting<KeyObject> {
  const path = options.value('key');
  if (path !== undefined) return yield* readKey(sys, path);
  const wanted = options.value('newkey') ?? 'rsa';
  const plan = planFor(sys, wanted, config);
  for (const { name, value } of options.given) {
    const lines = name === 'pkeyopt' ? alterPlan(sys, plan, value) : undefined;
    if (lines) throw new Failure([`Key parameter error "${value}"`, ...lines]);
  }
  const isOpen = options.has('nodes') || options.has('noenc') || config.setting('encrypt_key') === 'no';
  if (!isOpen) throw new Misuse('a key with a pass phrase is not made on these machines: say -nodes');
  const key = makeKey(sys, plan, `req: Error generating ${wanted.replace(/:.*/s, '')} key`);
  const place = options.value('keyout') ?? config.setting('default_keyfile') ?? 'privkey.pem';
  yield* writeOutput(sys, place, encodeText(keyPem(key)), 0o600);
  yield* printError(sys, '-----\n');
  return key;
}

/** `rsa:2048`, `ec`, `ec:FILE`, `ed25519`, `param:FILE`. */
function planFor(sys: Sys, wanted: string, config: Config): KeyPlan {
  const at = wanted.indexOf(':');
  const [name, rest] = at < 0 ? [wanted, undefined] : [wanted.slice(0, at), wanted.slice(at + 1)];
  const curve =
    rest === undefined || (name === 'rsa' && /^\d/.test(rest))
      ? undefined
      : curveOfFile(sys, rest, `Cannot open parameter file ${rest}`)?.name;
  const plan = planOf(name === 'param' ? 'EC' : name);
  if (!plan) throw new Failure(['Error allocating keygen context', unknownAlgorithm(sys, name)]);
  plan.curve = curve;
  if (plan.algorithm !== 'RSA') return plan;
  plan.bits = rest ?? config.setting('default_bits') ?? plan.bits;
  const lines = tooSmall(sys, plan.bits);
  if (lines) throw new Failure(['Error setting keysize', ...lines]);
  return plan;
}
