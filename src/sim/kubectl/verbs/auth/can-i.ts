import type { KubeObject } from '../../../api/object.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { Command } from '../../cobra/command.js';
import { CommandError, ExitError, UrlError } from '../../errors.js';
import { alignTabs, TABLE_LAYOUT } from '../../output/tabwriter.js';
import { listedRules, type PolicyRule, ruleColumns } from '../../rbac/policy-rule.js';
import type { Mapping } from '../../resource/discovery.js';
import { findMapping } from '../../resource/mapper.js';
import type { Session } from '../../session.js';

const GROUP = { group: 'authorization.k8s.io', version: 'v1' };
// biome-ignore format: a table
const VERBS = ['*', 'approve', 'attest', 'bind', 'create', 'delete', 'deletecollection', 'escalate', 'get', 'impersonate', 'list', 'patch', 'sign', 'update', 'use', 'watch'];
const PATH_VERBS = ['*', 'get', 'put', 'post', 'head', 'options', 'delete', 'patch'];
const NON_STANDARD = ['users', 'groups'];

/** `kubectl auth can-i`. */
export const canI: Command = {
  name: 'can-i',
  short: 'Check whether an action is allowed',
  run: function* (session, flags, args) {
    if (flags.bool('list')) return yield* listAccess(session, args);
    const [verb, what] = args;
    if (verb === undefined || what === undefined || args.length > 2) {
      throw new CommandError(
        `you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.`,
      );
    }
    const attributes = what.startsWith('/')
      ? yield* pathAttributes(session, verb, what)
      : yield* resourceAttributes(session, verb, what);
    if (flags.bool('no-headers')) throw new CommandError('--no-headers cannot be set without --list specified');
    const review = yield* create(session, 'SelfSubjectAccessReview', 'selfsubjectaccessreviews', attributes);
    const { allowed, reason, evaluationError } = review['status'] as {
      allowed?: boolean;
      reason?: string;
      evaluationError?: string;
    };
    const more = `${reason ? ` - ${reason}` : ''}${evaluationError ? ` - ${evaluationError}` : ''}`;
    if (!flags.bool('quiet')) yield* session.out(allowed ? 'yes\n' : `no${more}\n`);
    if (!allowed) throw new ExitError(1);
  },
};

/** When nobody answers, the type counts as unknown; the question itself then fails. */
function* mappingOrNone(session: Session, type: string): Waiting<Mapping | undefined> {
  try {
    return findMapping(yield* session.discovery().resources(), yield* session.discovery().groups(), type);
  } catch (error) {
    if (error instanceof UrlError) return undefined;
    throw error;
  }
}

function* pathAttributes(session: Session, verb: string, path: string): Waiting<object> {
  if (session.flags.text('subresource') !== '')
    throw new CommandError('--subresource can not be used with NonResourceURL');
  if (!PATH_VERBS.includes(verb)) yield* session.warn(`verb '${verb}' is not a known verb\n`);
  return { nonResourceAttributes: { verb, path } };
}

function* resourceAttributes(session: Session, verb: string, what: string): Waiting<object> {
  const { flags } = session;
  const [type = '', name = ''] = what.split(/\/(.*)/s);
  const mapping = type === '*' ? undefined : yield* mappingOrNone(session, type);
  const [plain = '', ...group] = type.split('.');
  if (!mapping && type !== '*' && !NON_STANDARD.includes(type)) {
    const where = group.length > 0 ? ` in group '${group.join('.')}'` : '';
    yield* session.warn(`the server doesn't have a resource type '${plain}'${where}\n`);
  }
  if (mapping && !flags.bool('all-namespaces') && !mapping.namespaced) {
    const where = mapping.group === '' ? '' : ` in group '${mapping.group}'`;
    yield* session.warn(`resource '${mapping.resource}' is not namespace scoped${where}\n`);
  }
  if (!VERBS.includes(verb) && !flags.bool('all-namespaces'))
    yield* session.warn(`verb '${verb}' is not a known verb\n`);
  const namespace = flags.bool('all-namespaces') ? '' : session.namespace().name;
  const subresource = flags.text('subresource');
  return {
    resourceAttributes: {
      ...(namespace === '' ? {} : { namespace }),
      verb,
      ...(mapping?.group ? { group: mapping.group } : {}),
      resource: mapping?.resource ?? type,
      ...(subresource === '' ? {} : { subresource }),
      ...(name === '' ? {} : { name }),
    },
  };
}

function create(session: Session, kind: string, resource: string, spec: object): Waiting<KubeObject> {
  return session
    .rest()
    .create(
      { ...GROUP, resource, kind, namespaced: false },
      { apiVersion: 'authorization.k8s.io/v1', kind, metadata: {}, spec },
    );
}

function* listAccess(session: Session, args: readonly string[]): Waiting<void> {
  if (args.length > 0) throw new CommandError('list option must be specified with no arguments');
  const { flags } = session;
  if (flags.bool('quiet') || flags.bool('all-namespaces') || flags.text('subresource') !== '')
    throw new CommandError("list option can't be specified with neither quiet, all-namespaces nor subresource options");
  const review = yield* create(session, 'SelfSubjectRulesReview', 'selfsubjectrulesreviews', {
    namespace: session.namespace().name,
  });
  const { resourceRules, nonResourceRules, incomplete, evaluationError } = review['status'] as {
    resourceRules?: PolicyRule[];
    nonResourceRules?: PolicyRule[];
    incomplete?: boolean;
    evaluationError?: string;
  };
  if (incomplete) yield* session.warn(`the list may be incomplete: ${evaluationError ?? ''}`);
  const rules = listedRules([...(resourceRules ?? []), ...(nonResourceRules ?? [])]);
  const head = session.flags.bool('no-headers') ? '' : 'Resources\tNon-Resource URLs\tResource Names\tVerbs\n';
  yield* session.out(alignTabs(head + rules.map(ruleColumns).join(''), TABLE_LAYOUT));
}
