import type { KubeObject } from '../../../api/object.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { Command } from '../../cobra/command.js';
import { CommandError, ExitError, UrlError } from '../../errors.js';
import { alignTabs, TABLE_LAYOUT } from '../../output/tabwriter.js';
import type { Mapping } from '../../resource/discovery.js';
import { findMapping } from '../../resource/mapper.js';
import type { Session } from '../../session.js';

const GROUP = { group: 'authorization.k8s.io', version: 'v1' };
// biome-ignore format: a table
const VERBS = ['*', 'approve', 'bind', 'create', 'delete', 'deletecollection', 'escalate', 'get', 'impersonate', 'list', 'patch', 'proxy', 'sign', 'update', 'use', 'watch'];
const NON_STANDARD = ['users', 'groups'];

/** `kubectl auth can-i`. */
export const canI: Command = {
  name: 'can-i',
  short: 'Check whether an action is allowed',
  run: function* (session, flags, args) {
    if (flags.bool('list')) return yield* listAccess(session, args);
    if (flags.bool('no-headers')) throw new CommandError('--no-headers cannot be set without --list specified');
    const [verb, what, name] = args;
    if (verb === undefined || args.length > 3) {
      throw new CommandError(
        `you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.`,
      );
    }
    const attributes = yield* attributesOf(session, verb, what, name);
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

function* attributesOf(
  session: Session,
  verb: string,
  what: string | undefined,
  given: string | undefined,
): Waiting<object> {
  if (what === undefined) {
    throw new CommandError(
      `you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.`,
    );
  }
  const { flags } = session;
  if (what.startsWith('/')) {
    if (flags.text('subresource') !== '') throw new CommandError('--subresource can not be used with NonResourceURL');
    return { nonResourceAttributes: { verb, path: what } };
  }
  const [type = '', name = given ?? ''] = what.split('/');
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
  if (!VERBS.includes(verb)) yield* session.warn(`verb '${verb}' is not a known verb\n`);
  const namespace = flags.bool('all-namespaces') ? '' : session.namespace().name;
  const subresource = flags.text('subresource');
  return {
    resourceAttributes: {
      ...(namespace === '' ? {} : { namespace }),
      verb,
      ...((mapping?.group ?? group.join('.')) === '' ? {} : { group: mapping?.group ?? group.join('.') }),
      resource: mapping?.resource ?? plain,
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

interface Rule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

function* listAccess(session: Session, args: readonly string[]): Waiting<void> {
  if (args.length > 0) throw new CommandError('list option must be specified with no arguments');
  const review = yield* create(session, 'SelfSubjectRulesReview', 'selfsubjectrulesreviews', {
    namespace: session.namespace().name,
  });
  const { resourceRules = [], nonResourceRules = [] } = review['status'] as {
    resourceRules?: Rule[];
    nonResourceRules?: Rule[];
  };
  const list = (values: readonly string[] = []): string => `[${values.join(' ')}]`;
  const single = resourceRules.flatMap((rule) =>
    (rule.resources ?? []).flatMap((resource) =>
      (rule.apiGroups ?? ['']).map((group) => ({ ...rule, resource, group })),
    ),
  );
  const rows = [
    ...single.map(
      ({ resource, group, resourceNames, verbs }) =>
        `${combined(resource, group)}\t[]\t${list(resourceNames)}\t${list(verbs)}\n`,
    ),
    ...nonResourceRules.map(({ nonResourceURLs, verbs }) => `\t${list(nonResourceURLs)}\t[]\t${list(verbs)}\n`),
  ];
  const head = session.flags.bool('no-headers') ? '' : 'Resources\tNon-Resource URLs\tResource Names\tVerbs\n';
  yield* session.out(alignTabs(head + rows.join(''), TABLE_LAYOUT));
}

function combined(resource: string, group: string): string {
  const [head = '', sub] = resource.split('/');
  return `${head}${group === '' ? '' : `.${group}`}${sub === undefined ? '' : `/${sub}`}`;
}
