import { deepCopy, isJsonObject, type JsonObject, type KubeObject } from '../../api/object.js';
import { mergePatch } from '../../api/patch/merge-patch.js';
import { strategicPatch } from '../../api/patch/strategic-patch.js';
import { hasReason, isConflict, isNotFound } from '../../api/status.js';
import { compactJson } from '../../api/yaml/json-writer.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { editLastApplied } from '../apply/edit-last-applied.js';
import { LAST_APPLIED, lastApplied, lastAppliedText, withLastApplied } from '../apply/last-applied.js';
import { setLastApplied, viewLastApplied } from '../apply/last-applied-commands.js';
import { prune, pruneKind } from '../apply/prune.js';
import { applyOnServer } from '../apply/server-side.js';
import { jsonMergePatch, threeWayPatch } from '../apply/three-way.js';
import type { Command } from '../cobra/command.js';
import type { Flags } from '../cobra/flags.js';
import { CommandError, throwAll, UsageError, withSource } from '../errors.js';
import { dryRunOf, WritePrinter } from '../print-flags.js';
import { recorded } from '../record.js';
import { isBuiltIn } from '../resource/built-in.js';
import { fileOptions, requireFiles } from '../resource/files.js';
import type { Info } from '../resource/info.js';
import { refresh } from '../resource/refresh.js';
import { select } from '../resource/selection.js';
import type { Session } from '../session.js';
import { writeQuery } from '../write-options.js';

/** `kubectl apply`. */
export const apply: Command = {
  name: 'apply',
  short: 'Apply a configuration to a resource by file name or stdin',
  commands: [editLastApplied, setLastApplied, viewLastApplied],
  run: runApply,
};

/** So often a patch that lost a race is made anew. */
const RETRIES = 5;

function* runApply(session: Session, flags: Flags, args: readonly string[]): Waiting<void> {
  if (args.length > 0) throw new UsageError('apply', `Unexpected args: [${args.join(' ')}]`);
  const files = fileOptions(session);
  requireFiles(files);
  const dryRun = dryRunOf(session);
  validate(flags, dryRun);
  const allowed = flags.list('prune-allowlist').map(pruneKind);
  const printer = new WritePrinter(session, dryRun);
  const selection = yield* select(session, {
    files,
    validate: flags.text('validate') !== 'false' && flags.text('validate') !== 'ignore',
    selector: flags.text('selector'),
    continueOnError: true,
  });
  const { infos, error } = yield* selection.collect();
  const errors: unknown[] = error === undefined ? [] : [error];
  if (infos.length === 0 && errors.length === 0) throw new CommandError('no objects passed to apply');
  const shown: KubeObject[] = [];
  for (const info of infos) {
    try {
      const operation = yield* applyOne(session, flags, info, dryRun);
      if (printer.structured) shown.push(info.object as KubeObject);
      else yield* printer.print(info.object as KubeObject, operation);
    } catch (problem) {
      errors.push(problem);
    }
  }
  throwAll(errors);
  if (flags.bool('prune')) yield* prune(session, infos, allowed, printer, shown);
  if (shown.length === 1) yield* printer.print(shown[0] as KubeObject, '');
  else if (shown.length > 1) yield* printer.print({ apiVersion: 'v1', items: shown, kind: 'List', metadata: {} }, '');
}

function validate(flags: Flags, dryRun: string): void {
  const serverSide = flags.bool('server-side');
  if (flags.bool('force-conflicts') && !serverSide)
    throw new CommandError('--force-conflicts only works with --server-side');
  if (dryRun === 'client' && serverSide) {
    throw new CommandError("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
  }
  if (serverSide && flags.bool('force')) throw new CommandError('--force cannot be used with --server-side');
  if (dryRun === 'server' && flags.bool('force'))
    throw new CommandError('--dry-run=server cannot be used with --force');
  if (flags.bool('all') && flags.text('selector') !== '')
    throw new CommandError('cannot set --all and --selector at the same time');
  if (flags.bool('prune') && !flags.bool('all') && flags.text('selector') === '') {
    throw new CommandError(
      'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
    );
  }
}

/** Applies one object and says what that came to. The info then holds the object as it is. */
function* applyOne(session: Session, flags: Flags, info: Info, dryRun: string): Waiting<string> {
  const wanted = recorded(session, info.object as KubeObject);
  if (info.name === '' && wanted.metadata.generateName) {
    throw new CommandError(`from ${wanted.metadata.generateName}: cannot use generate name with apply`);
  }
  if (flags.bool('server-side')) {
    info.object = wanted;
    yield* applyOnServer(session, flags, info);
    yield* warnOfDeletion(session, info);
    return 'serverside-applied';
  }
  const modified = withLastApplied(wanted);
  if (info.name === '')
    throw withSource(retrieving(info), info.source, new CommandError('resource name may not be empty'));
  try {
    yield* refresh(session, info);
  } catch (error) {
    if (!isNotFound(error)) throw withSource(retrieving(info), info.source, error);
    return yield* createOne(session, info, modified, dryRun);
  }
  const current = info.object as KubeObject;
  if (lastAppliedText(current) === undefined) {
    yield* session.warn(
      `resource ${info.mapping.resource}/${info.name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.`,
    );
  }
  const isEmpty = yield* patchOne(session, info, modified, dryRun);
  yield* warnOfDeletion(session, info);
  return isEmpty ? 'unchanged' : 'configured';
}

function* warnOfDeletion(session: Session, info: Info): Waiting<void> {
  if (!(info.object as KubeObject).metadata.deletionTimestamp) return;
  yield* session.warn(`Detected changes to resource ${info.name} which is currently being deleted.`);
}

function retrieving(info: Info): string {
  return `retrieving current configuration of:\n${describeInfo(info)}\nfrom server for:`;
}

function describeInfo({ mapping, name, namespace }: Info): string {
  return `Resource: "${mapping.group}/${mapping.version}, Resource=${mapping.resource}", GroupVersionKind: "${mapping.group}/${mapping.version}, Kind=${mapping.kind}"\nName: "${name}", Namespace: "${namespace}"`;
}

function* createOne(session: Session, info: Info, modified: KubeObject, dryRun: string): Waiting<string> {
  const object = withoutNulls(modified) as KubeObject;
  info.object = object;
  if (dryRun === 'client') return 'created';
  try {
    info.object = yield* session.rest().create(info.mapping, object, info.namespace, writeQuery(session, true));
  } catch (error) {
    throw withSource('creating', info.source, error);
  }
  return 'created';
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, withoutNulls(item)]),
  );
}

/** Sends what has to change; true when that is nothing. */
function* patchOne(session: Session, info: Info, modified: KubeObject, dryRun: string): Waiting<boolean> {
  const strategic = isBuiltIn(info.mapping);
  for (let attempt = 0; ; attempt += 1) {
    const current = info.object as KubeObject;
    const compute = strategic ? threeWayPatch : jsonMergePatch;
    const patch = compute(lastApplied(current), modified as JsonObject, current);
    if (Object.keys(patch).length === 0) return true;
    if (dryRun === 'client') {
      info.object = (strategic ? strategicPatch(deepCopy(current), patch) : mergePatch(current, patch)) as KubeObject;
      return false;
    }
    const type = strategic ? 'application/strategic-merge-patch+json' : 'application/merge-patch+json';
    try {
      info.object = yield* session
        .rest()
        .patch(info.mapping, info.name, info.namespace, type, patch, writeQuery(session, true));
      return false;
    } catch (error) {
      if (!isConflict(error) || attempt === RETRIES) {
        const what = `applying patch:\n${compactJson(patch)}\nto:\n${describeInfo(info)}\nfor:`;
        throw withSource(
          what,
          info.source,
          hasReason(error, 'Invalid') ? error : withSource('patching', info.source, error),
        );
      }
      yield* session.sys.sleep(SECOND);
      yield* refresh(session, info);
    }
  }
}
