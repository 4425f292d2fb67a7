import { goQuote } from '../../api/go-text.js';
import { deepCopy, type JsonObject, type KubeObject } from '../../api/object.js';
import type { Waiting } from '../../kernel/wait.js';
import { twoWayPatch } from '../apply/three-way.js';
import { CommandError, plainText, throwAll } from '../errors.js';
import { WritePrinter } from '../print-flags.js';
import type { Info } from '../resource/info.js';
import { groupResourceOf } from '../resource/mapper.js';
import type { Session } from '../session.js';
import { rolloutTargets } from './targets.js';

/** Pausing, resuming and restarting: changes each object and says what was done. */
export function* changeRollout(
  session: Session,
  args: readonly string[],
  done: string,
  change: (object: KubeObject) => void,
  unchanged: (info: Info) => CommandError | undefined,
): Waiting<void> {
  const selection = yield* rolloutTargets(session, args);
  const { infos, error } = yield* selection.collect();
  const errors: unknown[] = error === undefined ? [] : [error];
  if (infos.length === 0 && errors.length === 0)
    return yield* session.err(`No resources found in ${session.namespace().name} namespace.\n`);
  const printer = new WritePrinter(session);
  for (const info of infos) {
    const original = info.object as KubeObject;
    const changed = deepCopy(original);
    try {
      change(changed);
    } catch (problem) {
      errors.push(
        new CommandError(`error: ${groupResourceOf(info.mapping)} ${goQuote(info.name)} ${plainText(problem)}`),
      );
      continue;
    }
    const patch = twoWayPatch(original as JsonObject, changed as JsonObject);
    const refusal = Object.keys(patch).length === 0 ? unchanged(info) : undefined;
    if (refusal) {
      errors.push(refusal);
      continue;
    }
    try {
      const query = { fieldManager: session.flags.text('field-manager') };
      const result = yield* session
        .rest()
        .patch(info.mapping, info.name, info.namespace, 'application/strategic-merge-patch+json', patch, query);
      yield* printer.print(result, done);
    } catch (problem) {
      errors.push(new CommandError(`failed to patch: ${plainText(problem)}`));
    }
  }
  throwAll(errors);
}

/** The spec of a deployment whose `paused` may be changed. Throws for other kinds. */
export function pausable(object: KubeObject, verb: string): { paused?: boolean } {
  if (object.kind !== 'Deployment') throw new CommandError(`${verb} is not supported`);
  return object['spec'] as { paused?: boolean };
}
