import type { ResourceType } from '../../../client/client.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { Command } from '../../cobra/command.js';
import { CommandError, ExitError } from '../../errors.js';
import { dryRunOf, WritePrinter } from '../../print-flags.js';
import { ruleText } from '../../rbac/policy-rule.js';
import { type ReconcileOptions, reconcile as reconcileObject } from '../../rbac/reconcile.js';
import { subjectText } from '../../rbac/reconcile-binding.js';
import type { RbacObject, Reconciled } from '../../rbac/reconciled.js';
import { fileOptions, requireFiles } from '../../resource/files.js';
import type { Info } from '../../resource/info.js';
import { select } from '../../resource/selection.js';
import type { Session } from '../../session.js';

const GROUP = 'rbac.authorization.k8s.io';
// biome-ignore format: a table
const TYPES: Readonly<Record<string, ResourceType>> = {
  ClusterRole: { group: GROUP, version: 'v1', resource: 'clusterroles', kind: 'ClusterRole', namespaced: false },
  ClusterRoleBinding: { group: GROUP, version: 'v1', resource: 'clusterrolebindings', kind: 'ClusterRoleBinding', namespaced: false },
  Role: { group: GROUP, version: 'v1', resource: 'roles', kind: 'Role', namespaced: true },
  RoleBinding: { group: GROUP, version: 'v1', resource: 'rolebindings', kind: 'RoleBinding', namespaced: true },
};
/** kubectl 1.36 goes on with a result that it does not have when a binding cannot be written. */
const PANIC = 'panic: runtime error: invalid memory address or nil pointer dereference\n';

/** `kubectl auth reconcile`. */
export const reconcile: Command = {
  name: 'reconcile',
  short: 'Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects',
  run: function* (session, flags, args) {
    const files = fileOptions(session);
    requireFiles(files);
    if (args.length > 0) throw new CommandError('no arguments are allowed');
    const confirm = !isDryRun(session);
    const selection = yield* select(session, { files, continueOnError: true, local: true });
    const printer = new WritePrinter(session, confirm ? 'none' : 'client');
    yield* selection.visit(function* (info) {
      const type = typeOf(info);
      if (!type) return;
      const isRole = type.kind.endsWith('Role');
      const flag = isRole ? 'remove-extra-permissions' : 'remove-extra-subjects';
      const options: ReconcileOptions = { confirm, removeExtra: flags.bool(flag) };
      const result = yield* reconcileOrPanic(session, type, info.object as RbacObject, options);
      yield* printer.print(result.object, 'reconciled');
      yield* session.err(report(result, options.removeExtra));
    });
  },
};

function isDryRun(session: Session): boolean {
  let dryRun: string;
  try {
    dryRun = dryRunOf(session);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError(`error accessing --dry-run flag for command reconcile: ${error.message}`);
  }
  if (dryRun === 'server') throw new CommandError('--dry-run=server for command reconcile is not supported yet');
  return dryRun === 'client';
}

/** What a file's object is; undefined for objects that are passed over. */
function typeOf({ object }: Info): ResourceType | undefined {
  const { apiVersion, kind } = object as RbacObject;
  const [group, version = ''] = apiVersion.split('/');
  const type = TYPES[kind];
  if (group !== GROUP || !type) return undefined;
  if (version !== 'v1') throw new CommandError(`only ${GROUP}/v1 is supported: not *${version}.${kind}`);
  return type;
}

function* reconcileOrPanic(
  session: Session,
  type: ResourceType,
  expected: RbacObject,
  options: ReconcileOptions,
): Waiting<Reconciled> {
  try {
    return yield* reconcileObject(session, type, expected, options);
  } catch (error) {
    if (type.kind.endsWith('Binding')) throw new ExitError(2, PANIC);
    throw error;
  }
}

function report({ operation, isProtected, ...found }: Reconciled, removesExtra: boolean): string {
  if (operation === 'none') return '';
  const caveat = isProtected ? ', but object opted out (rbac.authorization.kubernetes.io/autoupdate: false)' : '';
  const list = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [`\t${title}:\n`, ...lines.map((line) => `\t\t${line}\n`)];
  return [
    `\treconciliation required ${operation}${caveat}\n`,
    ...list('missing subjects added', found.missingSubjects.map(subjectText)),
    ...list('extra subjects removed', removesExtra ? found.extraSubjects.map(subjectText) : []),
    ...list('missing rules added', found.missingRules.map(ruleText)),
    ...list('extra rules removed', removesExtra ? found.extraRules.map(ruleText) : []),
  ].join('');
}
