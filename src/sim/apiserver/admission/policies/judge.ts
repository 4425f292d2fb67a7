import { goQuote, utf8Length } from '../../../api/go-text.js';
import type { CompiledExpression } from '../../../api/kinds/admission/compile-expression.js';
import type { KubeObject } from '../../../api/object.js';
import type { ValidatingAdmissionPolicy } from '../../../api/types/admission.js';
import { BOOL, MESSAGE_BYTES_MAX, NULL, RUNTIME_COST_BUDGET, STRING, type Value } from '../../../cel/index.js';
import { madeOnce } from '../../../kernel/made-once.js';
import { Budget, BudgetExceeded, type Outcome } from '../expressions/evaluate.js';
import type { Attributes, View } from '../matching/attributes.js';
import { holds } from '../matching/conditions.js';
import { type CompiledPolicy, compilePolicy } from './compile-policy.js';
import { PolicyActivation } from './policy-activation.js';

type Validation = NonNullable<ValidatingAdmissionPolicy['spec']['validations']>[number];

/** A validating policy's expressions. */
export interface CompiledValidation extends CompiledPolicy {
  readonly failurePolicy: string;
  readonly validations: readonly {
    readonly given: Validation;
    readonly compiled: CompiledExpression;
    readonly message: CompiledExpression | undefined;
  }[];
  readonly annotations: readonly { readonly key: string; readonly compiled: CompiledExpression }[];
}

/** What one validation came to: undefined for a yes. */
export interface Denial {
  readonly index: number;
  readonly message: string;
  /** None for a failure. */
  readonly reason?: string;
}

/** What a policy says of a request with one parameter. */
interface Judgement {
  readonly denials: readonly Denial[];
  readonly annotations: readonly { readonly key: string; readonly value?: string; readonly error?: string }[];
}

const NOTHING: Judgement = { denials: [], annotations: [] };

/** Compiles a validating policy. */
export function compileValidation(policy: ValidatingAdmissionPolicy): CompiledValidation {
  const common = compilePolicy(policy);
  const { compile, params } = common;
  const { validations = [], auditAnnotations = [], failurePolicy = 'Fail' } = policy.spec;
  return {
    ...common,
    failurePolicy,
    validations: validations.map((given) => ({
      given,
      compiled: compile(given.expression, { params, authorizer: true }, [BOOL]),
      message: given.messageExpression
        ? compile(given.messageExpression, { params, authorizer: false }, [STRING])
        : undefined,
    })),
    annotations: auditAnnotations.map(({ key, valueExpression }) => ({
      key,
      compiled: compile(valueExpression, { params, authorizer: true }, [STRING, NULL]),
    })),
  };
}

/** Runs a policy for one parameter. */
export function judge(
  policy: CompiledValidation,
  attributes: Attributes,
  view: View,
  object: KubeObject | undefined,
  param: KubeObject | undefined,
): Judgement {
  const ignores = policy.failurePolicy === 'Ignore';
  const failed = (message: string): Judgement =>
    ignores ? NOTHING : { denials: [{ index: 0, message }], annotations: [] };
  const activation = activationOf(policy, attributes, view, object, param);
  const matched = holds(policy.conditions, activation.variables, policy.failurePolicy);
  if (matched === false) return NOTHING;
  if (matched !== true) return failed(matched.failed);
  activation.takeCost();
  const cost = () => activation.takeCost();
  try {
    const budget = new Budget(RUNTIME_COST_BUDGET, cost);
    const outcomes = policy.validations.map(({ compiled }) => budget.evaluate(compiled, activation.variables));
    const messages = messagesOf(policy, activation, budget.remaining);
    const denials = outcomes.flatMap((outcome, index) => denialOf(policy, outcome, messages, index) ?? []);
    const own = new Budget(RUNTIME_COST_BUDGET, cost);
    const annotations = policy.annotations.flatMap(({ key, compiled }) =>
      annotationOf(key, own.evaluate(compiled, activation.variables), ignores),
    );
    return { denials, annotations };
  } catch (error) {
    if (error instanceof BudgetExceeded) return failed(error.message);
    throw error;
  }
}

/** What policies without parameters and variables are run with: for one request the same for all of them. */
const plainOf = madeOnce((_: Attributes) => new Map<View, PolicyActivation>());

function activationOf(
  { variables }: CompiledValidation,
  attributes: Attributes,
  view: View,
  object: KubeObject | undefined,
  param: KubeObject | undefined,
): PolicyActivation {
  if (param || variables.length > 0) return new PolicyActivation(attributes, view, object, param, variables);
  const plain = plainOf(attributes);
  const known = plain.get(view) ?? new PolicyActivation(attributes, view, object, undefined, []);
  plain.set(view, known);
  return known;
}

type Messages = { readonly outcomes: readonly (Outcome | undefined)[] } | { readonly failed: string };

function messagesOf(policy: CompiledValidation, activation: PolicyActivation, left: number): Messages {
  const budget = new Budget(left, () => activation.takeCost());
  try {
    const outcomes = policy.validations.map(({ message }) => message && budget.evaluate(message, activation.variables));
    return { outcomes };
  } catch (error) {
    if (error instanceof BudgetExceeded) return { failed: error.message };
    throw error;
  }
}

function denialOf(
  { validations, failurePolicy }: CompiledValidation,
  outcome: Outcome,
  messages: Messages,
  index: number,
): Denial | undefined {
  const ignores = failurePolicy === 'Ignore';
  if (outcome.error !== undefined) return ignores ? undefined : { index, message: outcome.error };
  if ('failed' in messages)
    return ignores ? undefined : { index, message: `failed messageExpression: ${messages.failed}` };
  if (outcome.value === true) return undefined;
  const given = validations[index]?.given as Validation;
  const message =
    madeMessage(messages.outcomes[index]?.value) ||
    (given.message ?? '').trim() ||
    `failed expression: ${given.expression.trim()}`;
  return { index, message, reason: given.reason ?? 'Invalid' };
}

/** What a messageExpression came to, where it is something to say on one line. */
function madeMessage(value: Value | undefined): string {
  if (typeof value !== 'string') return '';
  const text = value.trim();
  return utf8Length(text) > MESSAGE_BYTES_MAX || text.includes('\n') ? '' : text;
}

function annotationOf(key: string, { value, error }: Outcome, ignores: boolean): Judgement['annotations'][number][] {
  if (error !== undefined) return ignores ? [] : [{ key, error }];
  if (value === null) return [];
  if (typeof value !== 'string') {
    return [
      {
        key,
        error: `valueExpression ${goQuote(key)} resulted in unsupported return type. Return type must be either string or null.`,
      },
    ];
  }
  return value.trim() === '' ? [] : [{ key, value: value.trim() }];
}
