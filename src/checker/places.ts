import { map, orVariant, type Schema, text } from './schema/words.js';

/** So many pairs of somebody who asks and somebody who is asked are reckoned with, one after another. */
export const PLACES = 20;

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
  | { readonly pods: PodsRef; readonly port: number }
  /** A node by its address. */
  | { readonly host: string; readonly port: number };

const pods = map(
  {
    namespace: text('The namespace that the pods are in.'),
    selector: text('A label selector that finds the pods.', { examples: ['app=web'] }),
  },
  ['namespace', 'selector'],
  'Pods there are, by their labels: none is a failure.',
);

/** The schema of a `Source`. */
export const source: Schema = {
  description: 'Where it comes from: a pod made for it, existing pods, or a host.',
  oneOf: [
    map(
      {
        probe: map(
          {
            namespace: text('The namespace in which the probe pod is made.'),
            labels: {
              type: 'object',
              additionalProperties: { type: 'string' },
              description: 'The labels that the probe pod gets.',
            },
          },
          ['namespace'],
          'A pod made for the check.',
        ),
      },
      ['probe'],
      'A pod made for the check.',
    ),
    map({ pods }, ['pods'], 'Existing pods; several must all pass.'),
    map({ host: text('The host it comes from, by its base name.', { examples: ['node01'] }) }, ['host'], 'A host.'),
  ],
};

const port = orVariant({
  type: 'integer',
  description: 'The port that is to be reached.',
  minimum: 1,
  maximum: 65535,
  examples: [80],
});
const service = map(
  { namespace: text('The namespace that the Service is in.'), name: text('The name that the Service has.') },
  ['namespace', 'name'],
  'A Service, asked for by its DNS name.',
);

/** The schema of a `Destination`. */
export const destination: Schema = {
  description: 'What is to be reached: an address, a Service, or pods.',
  oneOf: [
    map(
      { address: text('A DNS name or an IP address.', { examples: ['10.96.0.1', 'kubernetes.default.svc'] }), port },
      ['address', 'port'],
      'An address.',
    ),
    map({ service, port }, ['service', 'port'], 'A service by its DNS name.'),
    map({ pods, port }, ['pods', 'port'], 'Pods by their addresses; all of them.'),
    map({ host: text('A host by its base name.'), port }, ['host', 'port'], 'A node by its internal address.'),
  ],
};
