import { matchesSelector, parseSelector, type Selector, SelectorError } from '../../api/labels.js';
import type { Pod } from '../../api/types/pod.js';
import type { Informer } from '../../client/informer.js';

/** Why the pods of a target cannot be told; what an event and what the condition say of it. */
export class SelectionError extends Error {
  constructor(
    readonly event: string,
    readonly reason: string,
    message: string,
    readonly condition: string = message,
  ) {
    super(message);
  }
}

/** By what autoscalers find the pods they scale; two of them must not find the same ones. */
export class Selections {
  private readonly selectors = new Map<string, Map<string, Selector>>();

  constructor(private readonly pods: Informer<Pod>) {}

  /** Knows of an autoscaler that has found nothing yet. */
  add(namespace: string, name: string): void {
    const own = this.selectors.get(namespace) ?? new Map<string, Selector>();
    this.selectors.set(namespace, own);
    if (!own.has(name)) own.set(name, null);
  }

  /** Forgets an autoscaler that is gone, so that its pods are free for another. */
  delete(namespace: string, name: string): void {
    this.selectors.get(namespace)?.delete(name);
  }

  /** The pods that a target's selector finds. Throws `SelectionError`. */
  select(
    namespace: string,
    name: string,
    text: string,
  ): { readonly selector: Selector; readonly pods: readonly Pod[] } {
    if (text === '')
      throw new SelectionError(
        'SelectorRequired',
        'InvalidSelector',
        'selector is required',
        "the HPA target's scale is missing a selector",
      );
    const selector = this.parse(text);
    const known = this.selectors.get(namespace);
    if (known?.has(name)) known.set(name, selector);
    const pods = this.pods.list(namespace).filter((pod) => matchesSelector(selector, pod.metadata.labels));
    const rivals = [...(known ?? [])]
      .filter(([, other]) => other && pods.some((pod) => matchesSelector(other, pod.metadata.labels)))
      .map(([rival]) => `${namespace}/${rival}`);
    if (rivals.length > 1)
      throw new SelectionError(
        'AmbiguousSelector',
        'AmbiguousSelector',
        `pods by selector ${text} are controlled by multiple HPAs: [${rivals.join(' ')}]`,
      );
    return { selector, pods };
  }

  private parse(text: string): Selector {
    try {
      return parseSelector(text);
    } catch (error) {
      if (!(error instanceof SelectorError)) throw error;
      const words = `couldn't convert selector into a corresponding internal selector object: ${error.message}`;
      throw new SelectionError('InvalidSelector', 'InvalidSelector', words);
    }
  }
}
