import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { askManager, Refused } from '../systemd/client.js';
import { completeName } from '../systemd/load-unit.js';
import type { Installation } from '../systemd/protocol.js';
import { runJobs } from './jobs.js';
import type { Options } from './options.js';

const NO_INSTALL = `The unit files have no installation config (WantedBy=, RequiredBy=, UpheldBy=,
Also=, or Alias= settings in the [Install] section, and DefaultInstance= for
template units). This means they are not meant to be enabled or disabled using systemctl.

Possible reasons for having these kinds of units are:
• A unit may be statically enabled by being symlinked from another unit's
  .wants/, .requires/, or .upholds/ directory.
• A unit's purpose may be to act as a helper for some other unit which has
  a requirement dependency on it.
• A unit may be started when needed via activation (socket, path, timer,
  D-Bus, udev, scripted systemctl call, ...).
• In case of template units, the unit is meant to be enabled with some
  instance name specified.
`;

/** What systemctl says about links that were made or removed. */
function changesText({ changes }: Installation): string {
  return changes
    .map(({ kind, path, target }) =>
      kind === 'symlink' ? `Created symlink ${path} → ${target}.\n` : `Removed "${path}".\n`,
    )
    .join('');
}

type Operation = 'enable' | 'disable' | 'mask' | 'unmask';

function* change(sys: Sys, operation: Operation, units: readonly string[]): Waiting<Installation> {
  if (operation === 'enable') return yield* askManager(sys, 'enable', { units, runtime: false });
  return yield* askManager(sys, operation, { units });
}

/** enable, disable, mask, unmask, reenable; `--now` starts or stops as well. */
export function* installVerb(sys: Sys, verb: Operation | 'reenable', options: Options): Waiting<number> {
  const units = options.operands.map(completeName);
  try {
    if (verb === 'reenable') yield* say(sys, options, yield* change(sys, 'disable', units));
    const operation = verb === 'reenable' ? 'enable' : verb;
    const result = yield* change(sys, operation, units);
    yield* say(sys, options, result);
    if (operation === 'enable' && result.noInstall.length === units.length && result.changes.length === 0) {
      if (!options.has('quiet')) yield* printError(sys, NO_INSTALL);
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    yield* printError(sys, `Failed to ${verb} unit: ${error.message}\n`);
    return error.status;
  }
  if (!options.has('now') || verb === 'unmask') return 0;
  return yield* runJobs(sys, verb === 'enable' ? 'start' : verb === 'reenable' ? 'restart' : 'stop', options);
}

function* say(sys: Sys, options: Options, result: Installation): Waiting<void> {
  if (!options.has('quiet')) yield* printError(sys, changesText(result));
}

/** get-default and set-default. */
export function* defaultTarget(sys: Sys, options: Options, set: boolean): Waiting<number> {
  if (!set) {
    yield* print(sys, `${yield* askManager(sys, 'get-default', {})}\n`);
    return 0;
  }
  const [unit = ''] = options.operands;
  try {
    yield* say(
      sys,
      options,
      yield* askManager(sys, 'set-default', { unit: unit.includes('.') ? unit : `${unit}.target` }),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    yield* printError(sys, `Failed to set default target: ${error.message}\n`);
    return 1;
  }
}
