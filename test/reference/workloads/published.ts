import { give, type Scenario, type Step, scenario, wait } from './scenario.js';

/** A service `web` of pods `app: web`; what follows goes into its spec. */
export function service(spec: string, { metadata = '', name = 'web', selector = 'selector: {app: web}, ' } = {}): Step {
  const ports = spec.includes('ports:') ? '' : 'ports: [{port: 80}], ';
  return give(
    `{apiVersion: v1, kind: Service, metadata: {name: ${name}${metadata}}, spec: {${selector}${ports}${spec}}}`,
  );
}

/** A pod `app: web`. */
export function pod(name: string, { spec = '', labels = 'app: web', metadata = '', container = '' } = {}): Step {
  const image = `{name: c, image: "nginx:1.27"${container}}`;
  return give(
    `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, labels: {${labels}}${metadata}}, spec: {terminationGracePeriodSeconds: 0, containers: [${image}]${spec}}}`,
  );
}

/** What a request takes of somebody's time: things made at once would meet controllers that are in the middle of others. */
const REQUEST_SECONDS = 0.02;

/** Steps of somebody who waits for each answer. */
export function unhurried(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) => (step.kind === 'give' ? [step, wait(REQUEST_SECONDS)] : [step]));
}

/** A scenario told by endpoints and their slices. */
export function published(title: string, ...steps: Step[]): Scenario {
  return { ...scenario(`services: ${title}`, ...unhurried(steps)), also: ['endpointslices', 'endpoints'] };
}
