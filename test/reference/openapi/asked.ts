/** What kubectl and the server are asked about their kinds. */

/** The one document of OpenAPI v2 among the places of v3. */
export const SWAGGER = 'v2';

/** Discovery as clients of today ask for it. */
const AGGREGATED = { accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' };

/** Answers of discovery that are compared byte by byte, with what is accepted. */
export const DISCOVERED: readonly (readonly [id: string, target: string, headers: Record<string, string>])[] = [
  ['/apis', '/apis', {}],
  ['/api/v1', '/api/v1', {}],
  ['/api aggregated', '/api', AGGREGATED],
  ['/apis aggregated', '/apis', AGGREGATED],
  ['/apis/autoscaling', '/apis/autoscaling', {}],
  ['/apis aggregated, an older version', '/apis', { accept: AGGREGATED.accept.replace('v=v2', 'v=v2beta1') }],
];

/** Lines of kubectl whose output is kept whole. */
export const LISTINGS: readonly string[] = [
  'api-resources',
  'api-resources -o wide',
  'api-resources -o name',
  'api-resources --verbs=list,create,patch --sort-by=kind',
  'api-resources --categories=all',
  'api-resources --categories=api-extensions -o wide --no-headers',
  'api-resources --namespaced=false --sort-by=name',
  'api-resources --api-group=apps -o wide',
  'api-resources --api-group=',
  'api-versions',
];

/** Names and paths that are read in another way than most, or not at all. */
export const EXPLAINED: readonly string[] = [
  'explain deployments.apps',
  'explain deployments.apps.spec.strategy',
  'explain deployments.apps.spec --api-version=apps/v1',
  'explain hpa.spec.metrics --recursive',
  'explain hpa.spec.metrics.resource --api-version=autoscaling/v2',
  'explain crd.spec.versions.schema.openAPIV3Schema --recursive',
  'explain crds.spec.versions.schema.openAPIV3Schema.properties',
  'explain ev',
  'explain events.events.k8s.io.series',
  'explain cs',
  'explain po.spec.containers.',
  'explain pod.spec.containers.image',
  'explain pods.spec.nope',
  'explain pods.metadata.labels.nope',
  'explain nope',
  'explain pods --api-version=v2',
  'explain deployments --api-version=apps/v1beta1',
  'explain pods.spec[0]',
  'explain .pods',
  'explain secrets.data',
  'explain resourceclaims.spec.devices.requests.exactly --recursive',
];

/** Fields that are explained by the real kubectl itself, drawn from all of them by this. */
export const SAMPLE_SEED = 2026;
export const SAMPLE_SIZE = 60;

/** Draws from rows, the same ones each time (a linear congruential generator). */
export function drawn<T>(rows: readonly T[], count: number, seed: number): T[] {
  let state = seed;
  const left = [...rows];
  const found: T[] = [];
  while (found.length < count && left.length > 0) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    found.push(...left.splice(Math.floor((state / 2_147_483_648) * left.length), 1));
  }
  return found;
}
