import { matchesSelector, parseSelector, SelectorError } from '../../../api/labels.js';
import { KustomizeError } from '../error.js';
import { compileGoPattern } from './pattern.js';
import type { Resource } from './resource.js';
import { effectiveNamespace, type Gvk, idText, type ResourceId } from './resource-id.js';

/** Whom a patch or a replacement means; names and kinds are regular expressions. */
export interface Selector extends Partial<ResourceId> {
  readonly annotationSelector?: string;
  readonly labelSelector?: string;
}

/** A selector's parts as one id. */
export function selectorId({ group = '', version = '', kind = '', name = '', namespace = '' }: Selector): ResourceId {
  return { group, version, kind, name, namespace };
}

/** As kustomize shows a selector in messages. */
export function selectorText(selector: Selector): string {
  return `${idText(selectorId(selector))}:a=${selector.annotationSelector ?? ''}:l=${selector.labelSelector ?? ''}`;
}

/** A selector's expressions, ready to be asked. Throws for what Go cannot compile. */
export interface CompiledSelector {
  readonly fitsGvk: (gvk: Gvk) => boolean;
  readonly fitsName: (name: string) => boolean;
  readonly fitsNamespace: (namespace: string) => boolean;
}

export function compileSelector(selector: Selector): CompiledSelector {
  const [group, version, kind, name, namespace] = [
    selector.group,
    selector.version,
    selector.kind,
    selector.name,
    selector.namespace,
  ].map((pattern) => (pattern ? compileGoPattern(`^(?:${pattern})$`) : undefined));
  const fits = (pattern: RegExp | undefined, text: string): boolean => pattern?.test(text) ?? true;
  return {
    fitsGvk: (gvk) => fits(group, gvk.group) && fits(version, gvk.version) && fits(kind, gvk.kind),
    fitsName: (text) => fits(name, text),
    fitsNamespace: (text) => fits(namespace, text),
  };
}

/** Whether a resource's labels and annotations are those a selector wants. */
export function fitsLabels(resource: Resource, selector: Selector): boolean {
  return (
    matches(selector.labelSelector ?? '', resource.labels) &&
    matches(selector.annotationSelector ?? '', resource.annotations)
  );
}

function matches(text: string, values: Readonly<Record<string, string>>): boolean {
  try {
    return matchesSelector(parseSelector(text), values);
  } catch (error) {
    if (error instanceof SelectorError) throw new KustomizeError(error.message);
    throw error;
  }
}

/** The resources a selector chooses, by their first or their present names. */
export function selectResources(resources: readonly Resource[], selector: Selector): Resource[] {
  const compiled = compileSelector(selector);
  return resources.filter((resource) => {
    const { id, originalId } = resource;
    const ids = [originalId, id];
    return (
      ids.some((each) => compiled.fitsNamespace(effectiveNamespace(each))) &&
      ids.some((each) => compiled.fitsName(each.name)) &&
      compiled.fitsGvk(resource.gvk) &&
      fitsLabels(resource, selector)
    );
  });
}
