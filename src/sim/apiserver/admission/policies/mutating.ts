import type { CompiledExpression } from '../../../api/kinds/admission/compile-expression.js';
import { APPLY_TYPE, JSON_PATCHES_TYPE } from '../../../api/kinds/admission/patch-types.js';
import { deepCopy, type KubeObject, semanticEqual } from '../../../api/object.js';
import { StatusError } from '../../../api/status.js';
import type { MutatingAdmissionPolicy } from '../../../api/types/admission.js';
import { RUNTIME_COST_BUDGET } from '../../../cel/index.js';
import type { Waiting } from '../../../kernel/wait.js';
import { decided } from '../../authorization/decide.js';
import type { Admission, AdmissionRequest } from '../admission.js';
import { Budget } from '../expressions/evaluate.js';
import { Attributes, keptForm, type View } from '../matching/attributes.js';
import { holds } from '../matching/conditions.js';
import { replaceObject } from '../matching/replace-object.js';
import { refusal } from '../refusal.js';
import { reinvocationOf } from '../reinvocation.js';
import { applyConfigurationValue, applyPatchValue, policyRefusal } from './apply-mutation.js';
import { type Binding, type BoundPolicy, boundPolicies } from './bound-policies.js';
import { type CompiledPolicy, compilePolicy } from './compile-policy.js';
import { isExcluded } from './excluded.js';
import { matchConstraints } from './match-policy.js';
import { paramKindOf, paramsOf } from './params.js';
import { PolicyActivation } from './policy-activation.js';

const NAME = 'MutatingAdmissionPolicy';

/** A mutating policy's expressions. */
interface CompiledMutations extends CompiledPolicy {
  readonly mutations: readonly { readonly patches: boolean; readonly compiled: CompiledExpression }[];
}

type Policy = BoundPolicy<MutatingAdmissionPolicy, CompiledMutations>;

/** A policy to be followed for one binding and one parameter. */
interface Invocation {
  readonly policy: Policy;
  readonly binding: Binding;
  readonly view: View;
  readonly param: KubeObject | undefined;
}

interface Failure {
  readonly policy: Policy;
  readonly binding: Binding | undefined;
  readonly message: string;
  readonly reason?: string;
}

const POLICIES = boundPolicies<MutatingAdmissionPolicy, CompiledMutations>(
  { policies: 'mutatingadmissionpolicies', bindings: 'mutatingadmissionpolicybindings' },
  compileMutations,
);

/** Changes objects by policies, their bindings and parameters, one after another. */
export const MUTATING_ADMISSION_POLICY: Admission = {
  name: NAME,
  // Policies ask nobody but authorizers.
  *mutate(request): Waiting<void> {
    const policies = POLICIES.of(request.store);
    if (policies.isEmpty || request.operation === 'DELETE' || isExcluded(request.kind)) return;
    const attributes = new Attributes(request);
    const candidates = policies.candidates([attributes.own, ...attributes.equivalents].map(({ resource }) => resource));
    if (candidates.length === 0) return;
    const failures: Failure[] = [];
    const invocations = candidates.flatMap((policy) => invocationsOf(policy, attributes, failures));
    if (invocations.length > 0) yield* followAll(request, attributes, invocations, failures);
    const counted = failures.filter(({ policy }) => policy.object.spec.failurePolicy !== 'Ignore');
    if (counted.length > 0) throw refused(request, counted);
  },
};

function compileMutations(policy: MutatingAdmissionPolicy): CompiledMutations {
  const common = compilePolicy(policy);
  const variables = { params: common.params, authorizer: true, patchTypes: true };
  const mutations = (policy.spec.mutations ?? []).map(({ patchType, jsonPatch, applyConfiguration }) => {
    const patches = patchType === 'JSONPatch';
    const expression = (patches ? jsonPatch : applyConfiguration)?.expression ?? '';
    return { patches, compiled: common.compile(expression, variables, [patches ? JSON_PATCHES_TYPE : APPLY_TYPE]) };
  });
  return { ...common, mutations };
}

function invocationsOf(policy: Policy, attributes: Attributes, failures: Failure[]): Invocation[] {
  let view: View | undefined;
  let kind: ReturnType<typeof paramKindOf>;
  try {
    view = matchConstraints(policy.constraints, attributes);
    if (!view) return [];
    kind = paramKindOf(attributes, policy.object.spec.paramKind);
  } catch (error) {
    failures.push({ policy, binding: undefined, message: `failed to configure policy: ${wordsOf(error)}` });
    return [];
  }
  const found = view;
  return policy.bindings.flatMap((binding): Invocation[] => {
    try {
      if (binding.constraints && !matchConstraints(binding.constraints, attributes)) return [];
      return paramsOf(attributes, kind, binding.object).map((param) => ({ policy, binding, view: found, param }));
    } catch (error) {
      failures.push({ policy, binding, message: `failed to configure binding: ${wordsOf(error)}` });
      return [];
    }
  });
}

/** Follows the policies in order; each sees what those before it made of the object. */
function* followAll(
  request: AdmissionRequest,
  attributes: Attributes,
  invocations: readonly Invocation[],
  failures: Failure[],
): Waiting<void> {
  const round = reinvocationOf(request).plugin(NAME, request.object);
  const objects = new Map<View, KubeObject | undefined>();
  let last: View | undefined;
  for (const invocation of invocations) {
    const { view, policy } = invocation;
    if (!objects.has(view)) objects.set(view, copyOf(attributes.object(view)));
    const before = objects.get(view);
    const mayRun = () => round.mayRun(keyOf(invocation));
    const { after, failed } = yield* decided(request.parts, () => {
      const failed: Failure[] = [];
      return { after: follow(invocation, attributes, before, failed, mayRun), failed };
    });
    failures.push(...failed);
    if (after === 'skipped') continue;
    objects.set(view, after);
    if (after !== before) last = view;
    if (!semanticEqual(before, after)) round.changed();
    if (policy.object.spec.reinvocationPolicy === 'IfNeeded') round.mayRunAgain(keyOf(invocation));
  }
  const changed = last && objects.get(last);
  if (last && changed && request.object) {
    round.changed();
    replaceObject(request.object, keptForm(last, changed));
  }
  round.done(request.object);
}

function copyOf(object: KubeObject | undefined): KubeObject | undefined {
  return object && deepCopy(object);
}

function keyOf({ policy, binding, param }: Invocation): string {
  const { namespace = '', name = '' } = param?.metadata ?? {};
  return `${policy.name}/${binding.name}/${namespace}/${name}`;
}

/** Follows one policy: the object it makes, or that it was not for the request after all. Throws StatusError. */
function follow(
  { policy, binding, view, param }: Invocation,
  attributes: Attributes,
  before: KubeObject | undefined,
  failures: Failure[],
  mayRun: () => boolean,
): KubeObject | undefined | 'skipped' {
  const { conditions, variables, mutations } = policy.compiled();
  const { failurePolicy } = policy.object.spec;
  const fail = (message: string) => failures.push({ policy, binding, message, reason: 'Invalid' });
  const matching = new PolicyActivation(attributes, view, before, param, variables);
  const matched = holds(conditions, matching.variables, failurePolicy);
  if (matched === false) return 'skipped';
  if (matched !== true) {
    fail(matched.failed);
    return 'skipped';
  }
  if (!mayRun()) return 'skipped';
  let object = before;
  for (const { patches, compiled } of mutations) {
    if (!object) continue;
    try {
      const activation = new PolicyActivation(attributes, view, object, param, variables);
      if (!compiled.program) throw new Error(compiled.error);
      const budget = new Budget(RUNTIME_COST_BUDGET, () => activation.takeCost());
      const { value, error } = budget.evaluate(compiled, activation.variables);
      if (error !== undefined) throw new Error(error);
      object = patches ? applyPatchValue(view, object, value) : applyConfigurationValue(view, object, value);
    } catch (error) {
      if (error instanceof StatusError) throw error;
      fail(wordsOf(error));
    }
  }
  return object;
}

/** What is refused is told with the first failure, and all of them as causes. */
function refused(request: AdmissionRequest, failures: readonly Failure[]): StatusError {
  const messages = failures.map(({ policy, binding, message }) => policyRefusal(policy.name, binding?.name, message));
  const { status } = refusal(request, 'admission request denied by policy');
  const reason = failures[0]?.reason ?? status.reason ?? '';
  const details = { ...status.details, causes: messages.map((message) => ({ message })) };
  return new StatusError({ ...status, message: messages[0] ?? '', reason, details });
}

function wordsOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  throw error;
}
