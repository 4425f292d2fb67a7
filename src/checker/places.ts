import { map, orVariant, type Schema, text } from './schema/words.js';

/** Where a connection or a question comes from. */
export type Source =
  /** A pod made for the check, with these labels. */
  | { readonly probe: { readonly namespace: string; readonly labels?: Readonly<Record<string, string>> } }
  /** Existing pods: none is a failure, several must all pass. */
  | { readonly pods: PodsRef }
  | { readonly host: string };

/** Existing pods of a namespace by their labels. */
export interface PodsRef {
  readonly namespace: string;
  readonly selector: string;
}

/** What is to be reached. */
export type Destination =
  | { readonly address: string; readonly port: number }
  | { readonly service: { readonly namespace: string; readonly name: string }; readonly port: number }
  | { readonly pods: PodsRef; readonly port: number };

const pods = map(
  { namespace: text('Their namespace.'), selector: text('Their labels.') },
  ['namespace', 'selector'],
  'Existing pods.',
);

/** The schema of a `Source`. */
export const source: Schema = {
  description: 'Where it comes from.',
  oneOf: [
    map(
      {
        probe: map(
          {
            namespace: text('Where the probe pod is made.'),
            labels: { type: 'object', additionalProperties: { type: 'string' }, description: 'Its labels.' },
          },
          ['namespace'],
          'A pod made for the check.',
        ),
      },
      ['probe'],
      'A pod made for the check.',
    ),
    map({ pods }, ['pods'], 'Existing pods; several must all pass.'),
    map({ host: text('A host by its base name.') }, ['host'], 'A host.'),
  ],
};

const port = orVariant({ type: 'integer', description: 'The port.' });
const service = map(
  { namespace: text('Its namespace.'), name: text('Its name.') },
  ['namespace', 'name'],
  'A service.',
);

/** The schema of a `Destination`. */
export const destination: Schema = {
  description: 'What is to be reached.',
  oneOf: [
    map({ address: text('A name or an address.'), port }, ['address', 'port'], 'An address.'),
    map({ service, port }, ['service', 'port'], 'A service by its DNS name.'),
    map({ pods, port }, ['pods', 'port'], 'Pods by their addresses; all of them.'),
  ],
};
