import type { HelmCommand } from './command.js';
import { HelmError } from './errors.js';

/** A command that the simulated helm does not have, said as it is. */
export function absent(name: string, short: string, usage: string): HelmCommand {
  return {
    name,
    short,
    usage,
    flags:
      'version:s verify:b keyring:s no-descriptions:b u/username:s p/password:s password-stdin:b plain-http:b insecure:b',
    *run(run) {
      yield* run.flush();
      throw new HelmError(`"helm ${run.path}" is not simulated here`);
    },
  };
}
