import { map, type Schema, text } from './schema/words.js';

/** One object by name, or several by label selector (`""`: all). */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly selector?: string;
}

/** The schema of a reference, with fields that only some places have. */
export const objectRef = (more: Record<string, Schema> = {}, required: readonly string[] = []): Schema =>
  map(
    {
      apiVersion: text('Group and version, such as apps/v1.'),
      kind: text('The kind, such as Deployment.'),
      namespace: text('Left out for objects that have none.'),
      name: text('One object by name.'),
      selector: text('Several by label selector; "" means all.'),
      ...more,
    },
    ['apiVersion', 'kind', ...required],
    'An object of the cluster, or several.',
  );
