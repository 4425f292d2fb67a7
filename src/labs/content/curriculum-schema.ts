import { list, map, type Schema, strings, text } from '../../checker/schema/words.js';

/** What a task's world may have to offer beyond a cluster and a shell on it. */
export const NEEDS = {
  apparmor: 'nodes whose kernel confines programs by AppArmor profiles',
  autoscaler: 'an installed vertical autoscaler',
  'bare-host': 'a machine that belongs to no cluster yet',
  cilium: 'Cilium as the pod network',
  'control-plane': 'root on a control plane',
  'csi-driver': 'an installed storage driver',
  docker: 'a host with a Docker daemon',
  falco: 'Falco on the nodes',
  gatekeeper: 'an installed OPA Gatekeeper',
  'gateway-controller': 'the Gateway API and a controller for it',
  helm: 'helm, and a repository of charts',
  'image-builder': 'podman or docker, and a registry to push to',
  'ingress-controller': 'an Ingress controller',
  istio: 'an installed Istio',
  kustomize: 'a folder of Kustomize bases and overlays',
  'load-balancer': 'something that gives Services addresses from outside',
  metrics: 'the metrics of pods and nodes',
  'old-packages': 'nodes of an older version, and packages of a newer one',
  operator: 'an operator or its custom resource definitions',
  provisioner: 'a provisioner that makes volumes on demand',
  'sandbox-runtime': 'a second container runtime, which sandboxes',
  scanner: 'programs that scan, lint, list or sign',
  'several-control-planes': 'machines for more control planes, behind one address',
  sysdig: 'sysdig on the nodes',
  worker: 'root on a worker',
} as const;

const weight = (description: string, maximum: number): Schema => ({
  type: 'integer',
  minimum: 1,
  maximum,
  description,
});

const type = map(
  {
    does: text('What the learner has to do, in one sentence without a full stop.', { minLength: 10, maxLength: 160 }),
    weight: weight('How likely the type is beside the others of its domain.', 100),
    needs: list({ enum: Object.keys(NEEDS) }, "What the task's world must offer beyond a cluster and a shell on it.", {
      uniqueItems: true,
    }),
  },
  ['does', 'weight'],
  'A type of task.',
);

const domain = map(
  {
    name: text('The name of the domain, as labs write it.', { minLength: 1 }),
    weight: weight('Its share of the points, in per cent.', 100),
    competencies: strings('What the domain is made of, in our words.'),
    types: {
      type: 'object',
      description: 'The types of task of the domain, by the ids that labs name.',
      additionalProperties: type,
    },
  },
  ['name', 'weight', 'competencies', 'types'],
  'A domain of an exam.',
);

const certification = (name: string): Schema =>
  map({ domains: list(domain, 'Its domains.', { minItems: 1 }) }, ['domains'], `The curriculum of ${name}.`);

/** The JSON Schema of `content/curriculum.yaml`. */
export const CURRICULUM_SCHEMA: Schema = map(
  {
    apiVersion: { const: 'kubedrill.dev/v1', description: 'The version of the format.' },
    kind: { const: 'Curriculum', description: 'What the file is.' },
    certifications: map(
      { cka: certification('CKA'), ckad: certification('CKAD'), cks: certification('CKS') },
      ['cka', 'ckad', 'cks'],
      'The curricula of the three exams.',
    ),
  },
  ['apiVersion', 'kind', 'certifications'],
  'The domains and types of task of the exams.',
);
