import { deepCopy, type KubeObject, semanticEqual } from '../../../api/object.js';
import { internalError, StatusError } from '../../../api/status.js';
import type { Waiting } from '../../../kernel/wait.js';
import { decided } from '../../authorization/decide.js';
import type { Admission, AdmissionRequest } from '../admission.js';
import { Attributes, keptForm, type View } from '../matching/attributes.js';
import { isExempt } from '../matching/exempt.js';
import { replaceObject } from '../matching/replace-object.js';
import { reinvocationOf } from '../reinvocation.js';
import { applyReviewPatch } from './apply-patch.js';
import { callHook } from './call-hook.js';
import { CallError } from './errors.js';
import { type Hook, MUTATING_HOOKS } from './hooks.js';
import { matchHook } from './match-hook.js';

const NAME = 'MutatingAdmissionWebhook';
const PREFIX = 'mutation.webhook.admission.k8s.io/';
const PATCH_PREFIX = 'patch.webhook.admission.k8s.io/';

/** Asks the webhooks that are for a request one after another; each sees what those before it made of the object. */
export const MUTATING_ADMISSION_WEBHOOK: Admission = {
  name: NAME,
  *mutate(request) {
    const hooks = MUTATING_HOOKS.of(request.store);
    if (hooks.length === 0 || isExempt(request.kind)) return;
    const round = reinvocationOf(request).plugin(NAME, request.object);
    for (const [index, hook] of hooks.entries()) {
      const attributes = new Attributes(request);
      const shown = (view: View) => attributes.object(view);
      const view = yield* decided(request.parts, () => matchHook(hook, attributes, shown));
      if (!view || !round.mayRun(hook.uid)) continue;
      const changed = yield* ask(request, attributes, hook, view, index, round.number);
      if (changed) round.changed();
      if (hook.webhook.reinvocationPolicy === 'IfNeeded') round.mayRunAgain(hook.uid);
    }
    round.done(request.object);
  },
};

/** Asks one webhook; gives whether it changed the object. Throws StatusError. */
function* ask(
  request: AdmissionRequest,
  attributes: Attributes,
  hook: Hook,
  view: View,
  index: number,
  round: number,
): Waiting<boolean> {
  const { name, failurePolicy } = hook.webhook;
  const place = `round_${round}_index_${index}`;
  const note = (mutated: boolean) =>
    request.annotate?.(
      `${PREFIX}${place}`,
      JSON.stringify({ configuration: hook.configuration, webhook: name, mutated }),
    );
  try {
    const changed = yield* change(request, attributes, hook, view, place);
    note(changed);
    return changed;
  } catch (error) {
    note(false);
    if (!(error instanceof CallError)) throw error;
    if (failurePolicy !== 'Ignore') throw new StatusError(internalError(error.message));
    request.annotate?.(`failed-open.${PREFIX}${place}`, name);
    return false;
  }
}

function* change(
  request: AdmissionRequest,
  attributes: Attributes,
  hook: Hook,
  view: View,
  place: string,
): Waiting<boolean> {
  const before = attributes.object(view);
  const sent = before && deepCopy(before);
  const response = yield* callHook(hook, attributes, view, sent, true);
  const patched = applyReviewPatch(hook.webhook.name, response, view, sent);
  if (!patched) return false;
  const { operations, object } = patched;
  request.annotate?.(
    `${PATCH_PREFIX}${place}`,
    JSON.stringify({
      configuration: hook.configuration,
      webhook: hook.webhook.name,
      patch: operations,
      patchType: 'JSONPatch',
    }),
  );
  const changed = !semanticEqual(before, object);
  replaceObject(request.object as KubeObject, keptForm(view, object));
  return changed;
}
