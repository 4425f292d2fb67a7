import type { Cluster } from '../../clusters/port.js';
import { UndecidedError } from '../objects.js';
import { list, map, type Schema, text } from '../schema/words.js';
import { lastLine } from '../words.js';
import { type Identity, identity, kubeconfigOf } from './identity.js';
import { spanSeconds } from './span.js';

/** Something that is done before a check looks. */
export type Act =
  | { readonly reboot: string }
  | { readonly advance: string }
  | {
      /** Lines for bash. */
      readonly run: string;
      /** A host by its base name; `controlplane` when left out. */
      readonly host?: string;
      /** A user of the host, or who asks the API server when the script runs kubectl; the candidate when left out. */
      readonly as?: string | Identity;
      /** What it must end with; whatever it is when left out. */
      readonly code?: number;
    };

const oneAct: Schema = {
  oneOf: [
    map({ reboot: text('The host that is restarted, by its base name.') }, ['reboot'], 'A host is restarted.'),
    map(
      { advance: text('How long time passes, such as 5m.', { pattern: '^([0-9]+(d|h|m|s))+$' }) },
      ['advance'],
      'Time passes.',
    ),
    map(
      {
        run: text('Lines of a script that bash runs.'),
        host: text('The host it runs on, by its base name; controlplane when left out.'),
        as: identity,
        code: {
          type: 'integer',
          description: 'What it must end with, so that the check can be decided; anything when left out.',
        },
      },
      ['run'],
      'A script is run.',
    ),
  ],
};

/** The schema of a list of things that are done. */
export const actSchema = (description: string): Schema => list(oneAct, description, { minItems: 1 });

/** The schema of `before`. */
export const before: Schema = actSchema(
  'What is done on a copy of the cluster before the check looks at that copy; on a cluster that cannot be copied, on itself when the attempt is over.',
);

const RUN_SECONDS_MAX = 120;
const RETURN_SECONDS_MAX = 180;

/** Does what must be done first. Throws `UndecidedError` when that is impossible. */
export async function act(cluster: Cluster, acts: readonly Act[], host: (base: string) => string): Promise<void> {
  for (const one of acts) {
    if ('reboot' in one) await reboot(cluster, host(one.reboot));
    else if ('advance' in one) await cluster.wait(spanSeconds(one.advance));
    else await run(cluster, one, host);
  }
}

/** How long acts may take, in seconds of the cluster's time. */
export function secondsToAct(acts: readonly Act[]): number {
  return acts.reduce((sum, one) => {
    if ('advance' in one) return sum + spanSeconds(one.advance);
    return sum + ('reboot' in one ? RETURN_SECONDS_MAX : RUN_SECONDS_MAX);
  }, 0);
}

async function reboot(cluster: Cluster, host: string): Promise<void> {
  await cluster.run(host, 'root', ['systemctl', 'reboot'], { timeoutSeconds: 10 });
  for (let waited = 0; waited < RETURN_SECONDS_MAX; waited += 1) {
    await cluster.wait(1);
    const { code, stdout } = await cluster.run(host, 'root', ['systemctl', 'is-system-running'], { timeoutSeconds: 5 });
    if (code === 0 || /running|degraded/.test(stdout)) return;
  }
  throw new UndecidedError(`${host} did not come back within ${RETURN_SECONDS_MAX} s of being restarted`);
}

async function run(
  cluster: Cluster,
  { run: script, host: base = 'controlplane', as = 'candidate', code }: Extract<Act, { run: string }>,
  host: (base: string) => string,
): Promise<void> {
  const name = host(base);
  const { user, prefix } = typeof as === 'string' ? { user: as, prefix: '' } : await kubeconfigOf(cluster, name, as);
  const result = await cluster.run(name, user, ['bash', '-c', `${prefix}${script}`], {
    timeoutSeconds: RUN_SECONDS_MAX,
  });
  if (code !== undefined && result.code !== code) {
    const said = lastLine(`${result.stdout}\n${result.stderr}`);
    throw new UndecidedError(
      `what the check does first ended with exit code ${result.code} instead of ${code}${said ? `: ${said}` : ''}`,
    );
  }
}
