/** Steps that need objects of other versions, which only a webhook can make: such a step is taken again when they are there. */
import type { KubeObject } from '../../../api/object.js';
import { StatusError, unnamedError } from '../../../api/status.js';
import type { CustomResourceDefinition } from '../../../api/types/custom-resource-definition.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { Store } from '../../../store/store.js';
import type { ServerParts } from '../../parts.js';
import { RetriedSteps } from '../../retried-steps.js';
import { askConverter } from './ask-converter.js';

/** Thrown where an object has to be converted first. Where nobody waits for that it is an error of the server. */
class ConversionNeeded extends StatusError {
  constructor(
    readonly definition: CustomResourceDefinition,
    readonly object: KubeObject,
    readonly wanted: string,
    readonly key: string,
  ) {
    super(unnamedError(`conversion of ${object.apiVersion} ${object.kind} to ${wanted} has to be waited for`));
  }
}

/** What conversions came to that the step which runs has needed before. */
const steps = new RetriedSteps<ConversionNeeded, KubeObject | StatusError>(needsConversion);

/** An object in another version, as the definition's webhook made it. Throws what `converting` waits for, or StatusError. */
export function convertByHook(definition: CustomResourceDefinition, object: KubeObject, wanted: string): KubeObject {
  // Nobody is asked about an object that says no more than what it is.
  if (Object.keys(object).every((name) => name === 'apiVersion' || name === 'kind'))
    return { ...object, apiVersion: wanted };
  const key = `${definition.metadata.name} ${wanted} ${JSON.stringify(object)}`;
  const known = steps.get(key);
  if (known instanceof StatusError) throw known;
  if (known) return known;
  throw new ConversionNeeded(definition, object, wanted, key);
}

/**
 * Takes a step that may need converted objects: it must change nothing before it has them all, for it is taken again after
 * each that was waited for. Throws StatusError (500) with what is wrong with the webhook.
 */
export function converting<T>(parts: ServerParts, store: Store, step: () => T): Waiting<T> {
  return steps.run(step, (needed) => converted(parts, store, needed));
}

/** Whether a step waits for a conversion. */
export function needsConversion(error: unknown): error is ConversionNeeded {
  return error instanceof ConversionNeeded;
}

function* converted(
  parts: ServerParts,
  store: Store,
  { definition, object, wanted }: ConversionNeeded,
): Waiting<KubeObject | StatusError> {
  try {
    return yield* askConverter(parts, store, definition, object, wanted);
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
}
