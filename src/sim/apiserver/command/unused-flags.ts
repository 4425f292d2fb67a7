/** Flags for what is no part of the simulation: the server ends where the real one would, and says so where it could go on. */
import type { Sys } from '../../kernel/sys.js';
import { readText, StartError } from './files.js';
import type { Flags } from './flags.js';

/** Refuses files that are not there, and what would be taken without effect. Throws `StartError`. */
export function refuseUnused(sys: Pick<Sys, 'readFile'>, flags: Flags): void {
  const egress = flags.text('egress-selector-config-file');
  if (egress !== '') {
    const what = `unable to read egress selector configuration from ${JSON.stringify(egress)}`;
    readOr(sys, egress, (why) => `failed to read egress selector config: ${what} [${why}]`);
    throw new StartError(`--egress-selector-config-file is not part of this simulation (${egress})`);
  }
  const prefix = flags.text('etcd-prefix', '/registry').replace(/^\/?/, '/').replace(/\/$/, '');
  if (prefix !== '/registry' && prefix !== '') {
    throw new StartError(`--etcd-prefix is /registry in this simulation, not ${prefix}`);
  }
  const tracing = flags.text('tracing-config-file');
  if (tracing === '') return;
  const what = `unable to read tracing configuration from ${JSON.stringify(tracing)}`;
  readOr(sys, tracing, (why) => `failed to read tracing config: ${what}: ${why}`);
}

function readOr(sys: Pick<Sys, 'readFile'>, path: string, words: (why: string) => string): void {
  try {
    readText(sys, path);
  } catch (error) {
    if (error instanceof StartError) throw new StartError(words(error.message));
    throw error;
  }
}
