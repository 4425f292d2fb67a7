import type { KubeObject } from '../../../api/object.js';
import { StatusError } from '../../../api/status.js';
import type { ValidatingAdmissionPolicy } from '../../../api/types/admission.js';
import type { Waiting } from '../../../kernel/wait.js';
import { decided } from '../../authorization/decide.js';
import type { Admission, AdmissionRequest } from '../admission.js';
import { Attributes, type View } from '../matching/attributes.js';
import { refusal } from '../refusal.js';
import { type Binding, type BoundPolicy, boundPolicies } from './bound-policies.js';
import { isExcluded } from './excluded.js';
import { type CompiledValidation, compileValidation, type Denial, judge } from './judge.js';
import { matchConstraints } from './match-policy.js';
import { paramKindOf, paramsOf } from './params.js';

type Policy = BoundPolicy<ValidatingAdmissionPolicy, CompiledValidation>;

const POLICIES = boundPolicies<ValidatingAdmissionPolicy, CompiledValidation>(
  { policies: 'validatingadmissionpolicies', bindings: 'validatingadmissionpolicybindings' },
  compileValidation,
);
const FAILURE_KEY = 'validation.policy.admission.k8s.io/validation_failure';
const ANNOTATION_MAX = 10 * 1024;
const CODES: Readonly<Record<string, number>> = { Forbidden: 403, Unauthorized: 401, RequestEntityTooLarge: 413 };

interface Refusal {
  readonly policy: Policy;
  readonly binding: Binding | undefined;
  readonly message: string;
  readonly reason?: string;
}

/** Judges requests by policies, their bindings and parameters; the first refusal is the answer. */
export const VALIDATING_ADMISSION_POLICY: Admission = {
  name: 'ValidatingAdmissionPolicy',
  // Policies ask nobody but authorizers.
  *validate(request): Waiting<void> {
    const policies = POLICIES.of(request.store);
    if (policies.isEmpty || isExcluded(request.kind)) return;
    const attributes = new Attributes(request);
    const candidates = policies.candidates([attributes.own, ...attributes.equivalents].map(({ resource }) => resource));
    if (candidates.length === 0) return;
    const objects = new Map<View, KubeObject | undefined>();
    const shown = (view: View) => {
      if (!objects.has(view)) objects.set(view, attributes.object(view));
      return objects.get(view);
    };
    const judged = () => candidates.flatMap((policy) => [...refusalsOf(policy, request, attributes, shown)]);
    const [refusal] = yield* decided(request.parts, judged);
    if (refusal) throw refused(attributes, refusal);
  },
};

function* refusalsOf(
  policy: Policy,
  request: AdmissionRequest,
  attributes: Attributes,
  shown: (view: View) => KubeObject | undefined,
): Generator<Refusal> {
  const { spec } = policy.object;
  const fails = spec.failurePolicy !== 'Ignore';
  let view: View | undefined;
  let kind: ReturnType<typeof paramKindOf>;
  try {
    view = matchConstraints(policy.constraints, attributes);
    if (!view) return;
    kind = paramKindOf(attributes, spec.paramKind);
  } catch (error) {
    if (fails) yield { policy, binding: undefined, message: `failed to configure policy: ${wordsOf(error)}` };
    return;
  }
  const collected = new Map<string, Set<string>>();
  for (const binding of policy.bindings) {
    let params: ReturnType<typeof paramsOf>;
    try {
      if (binding.constraints && !matchConstraints(binding.constraints, attributes)) continue;
      params = paramsOf(attributes, kind, binding.object);
    } catch (error) {
      if (fails) yield { policy, binding, message: `failed to configure binding: ${wordsOf(error)}` };
      continue;
    }
    for (const param of params) {
      const { denials, annotations } = judge(policy.compiled(), attributes, view, shown(view), param);
      for (const denial of denials) yield* act(policy, binding, denial, request);
      for (const { key, value, error } of annotations) {
        if (error !== undefined) yield { policy, binding, message: error };
        else collected.set(key, (collected.get(key) ?? new Set()).add((value ?? '').slice(0, ANNOTATION_MAX)));
      }
    }
  }
  for (const [key, values] of collected) request.annotate?.(`${policy.name}/${key}`, [...values].join(', '));
}

/** Does with a no what the binding says. */
function* act(policy: Policy, binding: Binding, denial: Denial, request: AdmissionRequest): Generator<Refusal> {
  const { index, message, reason } = denial;
  const { validationActions = [] } = binding.object.spec;
  for (const action of validationActions) {
    if (action === 'Deny') yield { policy, binding, message, ...(reason ? { reason } : {}) };
    else if (action === 'Warn') {
      const whose = `ValidatingAdmissionPolicy '${policy.name}' with binding '${binding.name}'`;
      request.warnings.add(`Validation failed for ${whose}: ${message}`);
    } else if (action === 'Audit') {
      const about = { message, policy: policy.name, binding: binding.name, expressionIndex: index, validationActions };
      request.annotate?.(FAILURE_KEY, JSON.stringify([about]));
    }
  }
}

function refused(attributes: Attributes, { policy, binding, message, reason = 'Invalid' }: Refusal): StatusError {
  const by = binding ? ` with binding '${binding.name}'` : '';
  const words = `ValidatingAdmissionPolicy '${policy.name}'${by} denied request: ${message}`;
  const { status } = refusal(attributes.request, words);
  const details = { ...status.details, causes: [{ message: words }] };
  return new StatusError({ ...status, reason, code: CODES[reason] ?? 422, details });
}

function wordsOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  throw error;
}
