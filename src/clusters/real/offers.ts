import { ADD_ON_NAMES } from '../add-on-names.js';
import { kindCapabilities } from '../kind/capabilities.js';
import type { Capability } from '../port.js';

/** What there is about a real cluster at best, where nobody has looked at one yet. */
interface Offer {
  readonly capabilities: ReadonlySet<Capability>;
  /** Of these it depends on the cluster that is there. */
  readonly perhaps: ReadonlySet<Capability>;
}

/** What may have been put into a cluster: all but the simulated cloud's own machines. */
const ADD_ONS = ADD_ON_NAMES.filter((name) => name !== 'cloud-metadata');

/** A cluster that kind makes for the occasion, with the network that it makes where no task asks for another. */
export const KIND_CAPABILITIES: ReadonlySet<Capability> = kindCapabilities('kindnet');

/** A cluster that is there anyway: nothing of what is its own is touched. What is installed in it depends. */
const CONTEXT_PERHAPS: readonly Capability[] = [
  'containers',
  'policy-enforcement',
  ...ADD_ONS.map((name) => `addon:${name}` as const),
];
export const CONTEXT_CAPABILITIES: ReadonlySet<Capability> = new Set<Capability>([
  'expendable',
  'scripts',
  ...CONTEXT_PERHAPS,
]);

/** Where labs run besides the simulated cluster, by what is written after `--cluster`. */
export const OFFERS: Readonly<Record<'kind' | 'context', Offer>> = {
  kind: { capabilities: KIND_CAPABILITIES, perhaps: new Set() },
  context: { capabilities: CONTEXT_CAPABILITIES, perhaps: new Set(CONTEXT_PERHAPS) },
};
