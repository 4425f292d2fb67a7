import { type CheckedKind, checkPolicyTypes, type ExpressionWarning } from '../../api/kinds/admission/check-types.js';
import type { ParamKind, ValidatingAdmissionPolicy } from '../../api/types/admission.js';
import type { ApiClient } from '../../client/client.js';
import type { Waiting } from '../../kernel/wait.js';
import { type GroupVersionKind, kindsOf } from './kinds-of.js';
import { resolveSchema } from './resolve-schema.js';

/**
 * Which expressions of a policy do not fit the types of what it is for, as the server serves them. Kinds that nobody
 * knows are left out.
 */
export function* typeWarnings(
  client: ApiClient,
  spec: ValidatingAdmissionPolicy['spec'],
  suffix: string,
): Waiting<ExpressionWarning[]> {
  const kinds: CheckedKind[] = [];
  for (const kind of yield* kindsOf(client, spec.matchConstraints?.resourceRules ?? [])) {
    const checked = yield* withSchema(client, kind);
    if (checked) kinds.push(checked);
  }
  const params = spec.paramKind && (yield* withSchema(client, parameterKind(spec.paramKind)));
  return checkPolicyTypes(spec, { kinds, params, suffix });
}

function parameterKind({ apiVersion = '', kind = '' }: ParamKind): GroupVersionKind {
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  return { group, version, kind };
}

function* withSchema(client: ApiClient, kind: GroupVersionKind): Waiting<CheckedKind | undefined> {
  const schema = yield* resolveSchema(client, kind);
  return schema && { ...kind, schema };
}
