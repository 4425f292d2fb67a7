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
      apiVersion: text('Group and version of the kind, such as apps/v1.', { examples: ['v1', 'apps/v1'] }),
      kind: text('The kind of object, such as Deployment.', { examples: ['Pod', 'Deployment'] }),
      namespace: text('Its namespace; left out for objects that have none.'),
      name: text('The name, where one object is meant.'),
      selector: text('A label selector, where several objects are meant; "" means all.', { examples: ['app=web', ''] }),
      ...more,
    },
    ['apiVersion', 'kind', ...required],
    'An object of the cluster, or several.',
  );
