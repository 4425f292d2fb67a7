import { deepCopy, type JsonObject, type KubeObject } from '../../api/object.js';
import { isConflict, isNotFound } from '../../api/status.js';
import { printYaml } from '../../api/yaml/print.js';
import { klogLine } from '../../client/klog.js';
import type { Waiting } from '../../kernel/wait.js';
import { LAST_APPLIED, lastApplied } from '../apply/last-applied.js';
import { APPLY_PATCH, applyManager } from '../apply/server-side.js';
import { jsonMergePatch, threeWayPatch } from '../apply/three-way.js';
import type { Command } from '../cobra/command.js';
import type { Flags } from '../cobra/flags.js';
import { findProgram } from '../editor/launch.js';
import { CommandError, ExitError, UsageError } from '../errors.js';
import { isBuiltIn } from '../resource/built-in.js';
import { fileOptions, requireFiles } from '../resource/files.js';
import type { Info } from '../resource/info.js';
import { refresh } from '../resource/refresh.js';
import { select } from '../resource/selection.js';
import type { Session } from '../session.js';

/** `kubectl diff`: what an apply would change, through the machine's own diff. */
export const diff: Command = {
  name: 'diff',
  short: 'Diff the live version against a would-be applied version',
  run: function* (session, flags, args) {
    const files = fileOptions(session);
    requireFiles(files);
    if (args.length > 0) throw new UsageError('diff', `Unexpected args: [${args.join(' ')}]`);
    if (flags.bool('force-conflicts') && !flags.bool('server-side')) {
      throw new CommandError('--force-conflicts only works with --server-side');
    }
    const selection = yield* select(session, { files, validate: true, continueOnError: true });
    const folders = { live: folderOf(session, 'LIVE'), merged: folderOf(session, 'MERGED') };
    yield* selection.visit(function* (info) {
      const shown = (object: KubeObject) => (flags.bool('show-managed-fields') ? object : clean(object));
      const name = `${info.mapping.group === '' ? '' : `${info.mapping.group}.`}${info.mapping.version}.${info.mapping.kind}.${info.namespace}.${info.name}`;
      const { live, merged } = yield* settledVersions(session, flags, info);
      const hides =
        merged.kind === 'Secret' && merged.apiVersion.split('/').at(-1) === 'v1' && !flags.bool('show-secrets');
      const [before, after] = hides ? masked(live, merged) : [live, merged];
      session.sys.writeFile(`${folders.live}/${name}`, before ? printYaml(shown(before)) : '');
      session.sys.writeFile(`${folders.merged}/${name}`, printYaml(shown(after)));
    });
    const status = yield* runDiff(session, folders.live, folders.merged);
    if (status !== 0) throw new ExitError(status, status > 1 ? `error: exit status ${status}` : '');
  },
};

function folderOf({ sys }: Session, name: string): string {
  const path = `/tmp/${name}-${sys.random().uint32()}`;
  sys.makeDirectory(path, 0o700);
  return path;
}

/** So often a conflict is tried again. */
const ATTEMPTS_MAX = 4;

interface Versions {
  readonly live: KubeObject | undefined;
  readonly merged: KubeObject;
}

/** Both versions; an object that is changed meanwhile, or whose fields others hold, is looked at again a few times. */
function* settledVersions(session: Session, flags: Flags, info: Info): Waiting<Versions> {
  const wanted = info.object as KubeObject;
  for (let attempt = 1; ; attempt += 1) {
    if (attempt === ATTEMPTS_MAX) {
      const { group, version, kind } = info.mapping;
      const text = `Object (${group}/${version}, Kind=${kind}: ${info.name}) keeps changing, diffing without lock`;
      yield* session.err(klogLine(session.sys, 'W', 'diff.go:723', text));
    }
    try {
      return yield* versionsOf(session, flags, info, wanted);
    } catch (error) {
      if (!isConflict(error) || attempt === ATTEMPTS_MAX) throw error;
    }
  }
}

function* versionsOf(session: Session, flags: Flags, info: Info, wanted: KubeObject): Waiting<Versions> {
  if (flags.bool('server-side')) return yield* serverVersions(session, flags, info, wanted);
  try {
    yield* refresh(session, info);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const merged = yield* session
      .rest()
      .create(info.mapping, wanted, info.namespace, { dryRun: 'All', fieldManager: 'kubectl-client-side-apply' });
    return { live: undefined, merged };
  }
  const live = info.object as KubeObject;
  const isStrategic = isBuiltIn(info.mapping);
  const patchOf = isStrategic ? threeWayPatch : jsonMergePatch;
  const patch = patchOf(lastApplied(live), bareOf(wanted) as JsonObject, live);
  if (Object.keys(patch).length === 0) return { live, merged: live };
  const type = `application/${isStrategic ? 'strategic-merge' : 'merge'}-patch+json`;
  const merged = yield* session.rest().patch(info.mapping, info.name, info.namespace, type, patch, {
    dryRun: 'All',
    fieldManager: 'kubectl-client-side-apply',
  });
  return { live, merged };
}

/** Without the note of what was applied, which a difference never shows. */
function bareOf(object: KubeObject): KubeObject {
  const { [LAST_APPLIED]: _noted, ...annotations } = object.metadata.annotations ?? {};
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** What is there, and what the server says would be there. */
function* serverVersions(session: Session, flags: Flags, info: Info, wanted: KubeObject): Waiting<Versions> {
  let live: KubeObject | undefined;
  try {
    yield* refresh(session, info);
    live = info.object as KubeObject;
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  const merged = yield* session.rest().patch(info.mapping, info.name, info.namespace, APPLY_PATCH, wanted, {
    dryRun: 'All',
    fieldManager: applyManager(flags, true),
    force: String(flags.bool('force-conflicts')),
  });
  return { live, merged };
}

function clean(object: KubeObject): KubeObject {
  const copy = deepCopy(object);
  delete copy.metadata.managedFields;
  return copy;
}

/** A Secret's values hidden, but for whether they differ. */
function masked(live: KubeObject | undefined, merged: KubeObject): [KubeObject | undefined, KubeObject] {
  const [from, to] = [live, merged].map((object) => (object?.['data'] ?? {}) as Readonly<Record<string, unknown>>);
  const hidden = (own: object, other: Readonly<Record<string, unknown>>, suffix: string) =>
    Object.fromEntries(
      Object.entries(own).map(([key, value]) => [key, key in other && other[key] !== value ? `*** ${suffix}` : '***']),
    );
  const hide = (object: KubeObject, other: object = {}, suffix: string): KubeObject =>
    object['data'] ? { ...object, data: hidden(object['data'], other as Record<string, unknown>, suffix) } : object;
  return [live && hide(live, to, '(before)'), hide(merged, from, '(after)')];
}

/** The program that shows differences, and its words before the two folders or behind them. */
function diffProgram({ sys }: Session, folders: readonly string[]): { name: string; args: string[] } {
  const [name = '', ...words] = (sys.environment.get('KUBECTL_EXTERNAL_DIFF') ?? '').split(' ');
  if (name === '') return { name: 'diff', args: ['-u', '-N', ...folders] };
  return { name, args: [...folders, ...words.filter((word) => /^[a-zA-Z0-9=-]+$/.test(word))] };
}

function* runDiff(session: Session, live: string, merged: string): Waiting<number> {
  const { sys } = session;
  const { name, args } = diffProgram(session, [live, merged]);
  const path = findProgram(session, name);
  if (path === undefined) {
    const why = name.includes('/')
      ? `fork/exec ${name}: no such file or directory`
      : 'executable file not found in $PATH';
    throw new CommandError(`failed to run "${name}": ${why}`);
  }
  const pid = sys.spawn(path, [name, ...args]);
  const change = yield* sys.wait(pid);
  return change?.kind === 'exited' && 'code' in change.status ? change.status.code : 2;
}
