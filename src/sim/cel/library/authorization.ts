/** Questions to the authorizers, put together step by step. */
import { dns1123Label, dns1123Subdomain } from '../../api/names.js';
import {
  AUTHORIZER,
  type AuthorizationAnswer,
  AuthorizationCheck,
  type AuthorizationQuestion,
  RESOURCE_CHECK,
} from '../authorizer.js';
import { declared, member } from '../declare.js';
import type { Library } from '../environment.js';
import { BOOL, type CelType, STRING, structType } from '../types.js';
import { CelError, Opaque, type Value } from '../values.js';

const PATH_CHECK = structType('kubernetes.authorization.PathCheck');
const GROUP_CHECK = structType('kubernetes.authorization.GroupCheck');
const DECISION = structType('kubernetes.authorization.Decision');

class Decision extends Opaque {
  readonly type: CelType = DECISION;

  constructor(readonly answer: AuthorizationAnswer) {
    super();
  }

  equals(): boolean {
    return false;
  }
}

function further(check: AuthorizationCheck, type: CelType, more: Partial<AuthorizationQuestion>): Value {
  return new AuthorizationCheck(type, check.ask, { ...check.question, ...more });
}

function serviceAccount(check: AuthorizationCheck, namespace: string, name: string): Value {
  if (dns1123Subdomain(name).length > 0) return new CelError('Invalid service account name');
  if (dns1123Label(namespace).length > 0) return new CelError('Invalid service account namespace');
  return further(check, AUTHORIZER, { serviceAccount: { namespace, name } });
}

function path(check: AuthorizationCheck, given: string): Value {
  return given.trim() === '' ? new CelError('path must not be empty') : further(check, PATH_CHECK, { path: given });
}

function resource(check: AuthorizationCheck, given: string): Value {
  if (given.trim() === '') return new CelError('resource must not be empty');
  return further(check, RESOURCE_CHECK, { resource: given });
}

function check({ ask, question }: AuthorizationCheck, verb: string): Value {
  return new Decision(ask({ ...question, verb }));
}

function narrower(id: string, field: keyof AuthorizationQuestion) {
  return declared(
    member(id, [RESOURCE_CHECK, STRING], RESOURCE_CHECK, (asked: AuthorizationCheck, value: string) =>
      further(asked, RESOURCE_CHECK, { [field]: value }),
    ),
  );
}

function told(id: string, type: CelType, tell: (answer: AuthorizationAnswer) => Value) {
  return declared(member(id, [DECISION], type, ({ answer }: Decision) => tell(answer)));
}

/** Who may do what. */
export const AUTHORIZATION: Library = {
  allowed: told('decision_allowed', BOOL, ({ allowed }) => allowed),
  check: declared(
    member('pathcheck_check', [PATH_CHECK, STRING], DECISION, check),
    member('resourcecheck_check', [RESOURCE_CHECK, STRING], DECISION, check),
  ),
  error: told('decision_error', STRING, ({ error = '' }) => error),
  errored: told('decision_errored', BOOL, ({ error }) => error !== undefined),
  fieldSelector: narrower('authorizer_fieldselector', 'fieldSelector'),
  group: declared(
    member('authorizer_group', [AUTHORIZER, STRING], GROUP_CHECK, (asked: AuthorizationCheck, group: string) =>
      further(asked, GROUP_CHECK, { group }),
    ),
  ),
  labelSelector: narrower('authorizer_labelselector', 'labelSelector'),
  name: narrower('resourcecheck_name', 'name'),
  namespace: narrower('resourcecheck_namespace', 'namespace'),
  path: declared(member('authorizer_path', [AUTHORIZER, STRING], PATH_CHECK, path)),
  reason: told('decision_reason', STRING, ({ reason }) => reason),
  resource: declared(member('groupcheck_resource', [GROUP_CHECK, STRING], RESOURCE_CHECK, resource)),
  serviceAccount: declared(
    member('authorizer_serviceaccount', [AUTHORIZER, STRING, STRING], AUTHORIZER, serviceAccount),
  ),
  subresource: narrower('resourcecheck_subresource', 'subresource'),
};
