import { deepCopy, deepEqual, type JsonObject, type KubeObject } from '../../api/object.js';
import type { Waiting } from '../../kernel/wait.js';
import { twoWayPatch } from '../apply/three-way.js';
import { CommandError, plainText, throwAll } from '../errors.js';
import { dryRunOf, WritePrinter } from '../print-flags.js';
import { recorded } from '../record.js';
import { fileOptions, noFiles } from '../resource/files.js';
import type { Info } from '../resource/info.js';
import { groupResourceOf } from '../resource/mapper.js';
import { select } from '../resource/selection.js';
import type { Session } from '../session.js';
import { writeQuery } from '../write-options.js';

/** How a verb changes objects one by one. */
export interface ChangeVerb {
  /** What stands before the server's refusal: `failed to patch image update to pod template`. */
  readonly failing: string;
  /** The word for what was done. */
  readonly done: string;
  /** Objects that need no change are printed all the same. */
  readonly printUnchanged?: boolean;
  /** Changes a copy; throws, or throws an array of errors, when the object does not fit. */
  change(object: KubeObject, info: Info): void;
}

/** The objects of the `set` verbs: by arguments, files, selectors or `--all`. */
export function* setTargets(session: Session, resources: readonly string[]): Waiting<Info[]> {
  const { flags } = session;
  const files = fileOptions(session);
  const local = flags.bool('local');
  if (!local && resources.length === 0 && noFiles(files) && session.path === 'set env') {
    throw new CommandError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  const selection = yield* select(session, {
    args: resources,
    files,
    continueOnError: true,
    typed: true,
    ...(local ? { local } : { selector: flags.text('selector'), all: flags.bool('all'), latest: true }),
  });
  return yield* selection.infos();
}

/** Changes objects and sends what that comes to as strategic merge patches. Throws all errors at the end. */
export function* changeAll(session: Session, infos: readonly Info[], verb: ChangeVerb): Waiting<void> {
  const dryRun = dryRunOf(session);
  const isLocal = session.flags.bool('local') || dryRun === 'client';
  const printer = new WritePrinter(session, dryRun);
  const errors: unknown[] = [];
  for (const info of infos) {
    const original = info.object as KubeObject;
    const changed = recorded(session, deepCopy(original));
    try {
      verb.change(changed, info);
    } catch (error) {
      if (!(error instanceof ChangeProblems)) {
        errors.push(new CommandError(`error: ${groupResourceOf(info.mapping)}/${info.name} ${plainText(error)}\n`));
        continue;
      }
      // What could be changed is sent all the same.
      errors.push(...error.problems);
      if (deepEqual(original, changed)) continue;
    }
    const patch = twoWayPatch(original as JsonObject, changed as JsonObject);
    if (Object.keys(patch).length === 0 && !verb.printUnchanged && !isLocal) continue;
    try {
      const result = isLocal || Object.keys(patch).length === 0 ? changed : yield* send(session, info, patch);
      yield* printer.print(result, verb.done);
    } catch (error) {
      errors.push(new CommandError(`${verb.failing}${plainText(error)}`));
    }
  }
  throwAll(errors);
}

/** Several things wrong with one object, each worded as it is to be printed. */
export class ChangeProblems extends Error {
  constructor(readonly problems: readonly CommandError[]) {
    super(problems.map(({ message }) => message).join(', '));
  }
}

function send(session: Session, info: Info, patch: JsonObject): Waiting<KubeObject> {
  return session
    .rest()
    .patch(
      info.mapping,
      info.name,
      info.namespace,
      'application/strategic-merge-patch+json',
      patch,
      writeQuery(session),
    );
}

/** Refuses `--local` with a server dry run. */
export function checkLocal(session: Session): void {
  if (session.flags.bool('local') && dryRunOf(session) === 'server') {
    throw new CommandError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  }
}
