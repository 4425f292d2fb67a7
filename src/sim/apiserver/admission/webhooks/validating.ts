import type { KubeObject } from '../../../api/object.js';
import { internalError, StatusError } from '../../../api/status.js';
import type { Waiting } from '../../../kernel/wait.js';
import { decided } from '../../authorization/decide.js';
import { together } from '../../outgoing/deadline.js';
import type { Admission, AdmissionRequest } from '../admission.js';
import { Attributes, type View } from '../matching/attributes.js';
import { isExempt } from '../matching/exempt.js';
import { callHook } from './call-hook.js';
import { CallError } from './errors.js';
import { type Hook, VALIDATING_HOOKS } from './hooks.js';
import { matchHook } from './match-hook.js';

const FAILED_OPEN = 'failed-open.validating.webhook.admission.k8s.io/';

interface Invocation {
  readonly hook: Hook;
  readonly view: View;
}

/** Asks all webhooks that are for a request at once; the first no that comes is the answer. */
export const VALIDATING_ADMISSION_WEBHOOK: Admission = {
  name: 'ValidatingAdmissionWebhook',
  *validate(request) {
    const hooks = VALIDATING_HOOKS.of(request.store);
    if (hooks.length === 0 || isExempt(request.kind)) return;
    const attributes = new Attributes(request);
    const objects = new Map<View, KubeObject | undefined>();
    const shown = (view: View) => {
      if (!objects.has(view)) objects.set(view, attributes.object(view));
      return objects.get(view);
    };
    const matching = () =>
      hooks.flatMap((hook): Invocation[] => {
        const view = matchHook(hook, attributes, shown);
        return view ? [{ hook, view }] : [];
      });
    const invocations = yield* decided(request.parts, matching);
    if (invocations.length > 0) yield* askAll(request, attributes, invocations, shown);
  },
};

function* askAll(
  request: AdmissionRequest,
  attributes: Attributes,
  invocations: readonly Invocation[],
  shown: (view: View) => KubeObject | undefined,
): Waiting<void> {
  const { parts } = request;
  const errors: StatusError[] = [];
  const steps = invocations.map(({ hook, view }, index) =>
    judge(request, attributes, { hook, view }, shown(view), index),
  );
  yield* together(steps, parts.now, (error) => {
    if (error) errors.push(error);
  });
  if (errors[0]) throw errors[0];
}

function* judge(
  request: AdmissionRequest,
  attributes: Attributes,
  { hook, view }: Invocation,
  object: KubeObject | undefined,
  index: number,
): Waiting<StatusError | undefined> {
  try {
    yield* callHook(hook, attributes, view, object, false);
    return undefined;
  } catch (error) {
    if (error instanceof StatusError) return error;
    if (!(error instanceof CallError)) throw error;
    if (hook.webhook.failurePolicy !== 'Ignore') return new StatusError(internalError(error.message));
    request.annotate?.(`${FAILED_OPEN}round_0_index_${index}`, hook.webhook.name);
    return undefined;
  }
}
