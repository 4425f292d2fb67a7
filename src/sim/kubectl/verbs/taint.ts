import { goQuote } from '../../api/go-text.js';
import { labelKey, labelValue } from '../../api/names.js';
import type { KubeObject } from '../../api/object.js';
import type { Taint } from '../../api/types/node.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import { completeNames } from '../completion/resources.js';
import { CommandError, ExitError, throwAll, UsageError } from '../errors.js';
import { dryRunOf, WritePrinter } from '../print-flags.js';
import { mappingFor } from '../resource/mapper.js';
import { select } from '../resource/selection.js';
import type { Session } from '../session.js';
import { writeQuery } from '../write-options.js';

/** `kubectl taint`. */
export const taint: Command = {
  name: 'taint',
  short: 'Update the taints on one or more nodes',
  complete: function* (session, args, prefix, flags) {
    return args.length === 0 ? ['node'] : yield* completeNames('nodes')(session, args, prefix, flags);
  },
  run: runTaint,
};

interface Changes {
  readonly add: readonly Taint[];
  readonly remove: readonly Taint[];
}

function* runTaint(session: Session, flags: Session['flags'], args: readonly string[]): Waiting<void> {
  const dryRun = dryRunOf(session);
  const { resources, specs } = splitArgs(args);
  if (resources.length === 0) throw new CommandError('one or more resources must be specified as <resource> <name>');
  if (specs.length === 0) throw new CommandError('at least one taint update is required');
  const changes = parseTaints(specs);
  yield* validate(session, resources, changes);
  const all = flags.bool('all');
  const selector = flags.text('selector');
  const names = all || selector !== '' ? ['nodes'] : ['nodes', ...resources.slice(1)];
  const selection = yield* select(session, { args: names, all, selector, continueOnError: true });
  // No word on dry runs is printed here.
  const printer = new WritePrinter(session);
  yield* selection.visit(function* (info) {
    const node = info.object as KubeObject;
    const old = ((node['spec'] as { taints?: Taint[] } | undefined)?.taints ?? []) as readonly Taint[];
    if (!flags.bool('overwrite')) refuseExisting(info.name, old, changes.add);
    const { taints, operation } = reorganize(old, changes, flags.bool('overwrite'));
    let result: KubeObject = { ...node, spec: { ...(node['spec'] as object), taints } };
    if (dryRun !== 'client') {
      const patch = { spec: { taints: taints.length > 0 ? taints : null } };
      result = yield* session
        .rest()
        .patch(info.mapping, info.name, '', 'application/merge-patch+json', patch, writeQuery(session, true));
    }
    yield* printer.print(result, operation);
  });
}

function splitArgs(args: readonly string[]): { resources: string[]; specs: string[] } {
  const resources: string[] = [];
  const specs: string[] = [];
  for (const arg of args) {
    if (arg.includes('=') || arg.includes(':') || arg.endsWith('-')) specs.push(arg);
    else if (specs.length > 0) throw new CommandError(`all resources must be specified before taint changes: ${arg}`);
    else resources.push(arg);
  }
  return { resources, specs };
}

function* validate(session: Session, resources: readonly string[], { add, remove }: Changes): Waiting<void> {
  const type = (resources[0] as string).toLowerCase();
  if (type.includes('/')) throw new ExitError(1, `the server doesn't have a resource type ${goQuote(type)}`);
  const mapping = yield* mappingFor(session, type);
  if (mapping.kind !== 'Node') throw new CommandError(`invalid resource type ${type}, only node types are supported`);
  const conflicts = add.flatMap((added) =>
    remove
      .filter((removed) => removed.key === added.key && (removed.effect === '' || removed.effect === added.effect))
      .map(({ key, effect }) => `${key}=${effect}`),
  );
  if (conflicts.length > 0) {
    throw new CommandError(
      `can not both modify and remove the following taint(s) in the same command: ${conflicts.join(', ')}`,
    );
  }
  const all = session.flags.bool('all');
  const selector = session.flags.text('selector');
  if (all && selector !== '') throw new CommandError("setting 'all' parameter with a non empty selector is prohibited");
  if (!all && selector === '' && resources.length < 2) {
    throw new CommandError("at least one resource name must be specified since 'all' parameter is not set");
  }
}

function parseTaints(specs: readonly string[]): Changes {
  const add: Taint[] = [];
  const remove: Taint[] = [];
  for (const spec of specs) {
    if (spec.endsWith('-')) {
      const { key, effect } = parseTaint(spec.slice(0, -1));
      remove.push({ key, effect });
      continue;
    }
    const parsed = parseTaint(spec);
    if (parsed.effect === '') throw new UsageError('taint', `invalid taint spec: ${spec}`);
    if (add.some(({ key, effect }) => key === parsed.key && effect === parsed.effect)) {
      throw new UsageError(
        'taint',
        `duplicated taints with the same key and effect: {${parsed.key} ${parsed.value ?? ''} ${parsed.effect} <nil>}`,
      );
    }
    add.push(parsed);
  }
  return { add, remove };
}

function parseTaint(text: string): Taint {
  const invalid = (why = ''): UsageError => new UsageError('taint', `invalid taint spec: ${text}${why}`);
  const parts = text.split(':');
  if (parts.length > 2) throw invalid();
  const [head = '', effect = ''] = parts;
  const [key = '', value, ...more] = parts.length === 2 ? head.split('=') : [head];
  if (parts.length === 2 && !['NoSchedule', 'PreferNoSchedule', 'NoExecute'].includes(effect)) {
    throw new UsageError('taint', `invalid taint effect: ${effect}, unsupported taint effect`);
  }
  if (more.length > 0) throw invalid();
  const valueProblems = value === undefined ? [] : labelValue(value);
  if (valueProblems.length > 0) throw invalid(`, ${valueProblems.join('; ')}`);
  const keyProblems = labelKey(key);
  if (keyProblems.length > 0) throw invalid(`, ${keyProblems.join('; ')}`);
  return { key, ...(value ? { value } : {}), effect } as Taint;
}

function refuseExisting(node: string, old: readonly Taint[], add: readonly Taint[]): void {
  const taken = add
    .filter(({ key, effect }) => old.some((each) => each.key === key && each.effect === effect))
    .map(({ key }) => key);
  if (taken.length === 0) return;
  throw new CommandError(
    `node ${node} already has ${taken.join(',')} taint(s) with same effect(s) and --overwrite is false`,
  );
}

function reorganize(
  old: readonly Taint[],
  { add, remove }: Changes,
  overwrite: boolean,
): { taints: Taint[]; operation: string } {
  let taints = [...add];
  for (const each of old)
    if (!taints.some(({ key, effect }) => key === each.key && effect === each.effect)) taints.push(each);
  const added = taints.length !== old.length;
  let removed = false;
  const missing: CommandError[] = [];
  for (const { key, effect } of remove) {
    const left = taints.filter((each) => each.key !== key || (effect !== '' && each.effect !== effect));
    removed = left.length !== taints.length;
    if (!removed)
      missing.push(new CommandError(`taint ${goQuote(effect === '' ? key : `${key}:${effect}`)} not found`));
    taints = left;
  }
  throwAll(missing);
  if ((added && removed) || overwrite) return { taints, operation: 'modified' };
  return { taints, operation: added ? 'tainted' : 'untainted' };
}
