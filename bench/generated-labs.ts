import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAMESPACES = ['harbor', 'meadow', 'quarry', 'lantern', 'orchard'];

/** Writes labs into a folder: small ones as people write them, each of a different number, and no two alike. */
export function writeGeneratedLabs(folder: string, count: number): void {
  const labs = join(folder, 'cka', 'labs');
  mkdirSync(labs, { recursive: true });
  for (let number = 1; number <= count; number += 1) writeFileSync(join(labs, `scale-${number}.yaml`), labText(number));
}

function labText(number: number): string {
  const namespace = NAMESPACES[number % NAMESPACES.length];
  const replicas = 2 + (number % 4);
  return `apiVersion: kubedrill.dev/v1
kind: Lab
metadata: {name: scale-${number}, title: More of it (${number})}
spec:
  certification: cka
  domain: Workloads and scheduling
  difficulty: 1
  minutes: 3
  variants:
    app: {oneOf: [api, orders, search]}
  world:
    base: three-node
    steps:
      - manifests: |
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: "{{app}}", namespace: ${namespace}}
          spec:
            selector: {matchLabels: {app: "{{app}}"}}
            template:
              metadata: {labels: {app: "{{app}}"}}
              spec: {containers: [{name: web, image: nginx:1.27}]}
      - settle: true
  task: |
    1. Run **${replicas}** replicas of **{{app}}** in namespace **${namespace}**.
    2. Write the name of the Deployment to \`{{answers}}/name\`.
  checks:
    - id: replicas
      serves: 1
      points: 2
      says: "{{app}} has ${replicas} ready replicas"
      resource: {apiVersion: apps/v1, kind: Deployment, name: "{{app}}", namespace: ${namespace}}
      jsonpath: $.status.readyReplicas
      missing: 0
      equals: ${replicas}
    - id: name
      serves: 2
      points: 1
      says: The name is written
      answer: {host: controlplane, path: "{{answers}}/name", equals: "{{app}}"}
    - id: image-kept
      guard: true
      says: The containers are as they were
      unchanged: [{apiVersion: apps/v1, kind: Deployment, name: "{{app}}", namespace: ${namespace}, paths: [$.spec.template]}]
  hints: [kubectl has a verb for it., Its name is scale., "k scale deploy {{app}} --replicas=${replicas}"]
  solution:
    - id: scale
      script: |
        k -n ${namespace} get deploy    # look
        k -n ${namespace} scale deploy {{app}} --replicas=${replicas}
        echo {{app}} > {{answers}}/name
  alternatives:
    - says: by a patch
      script: |
        k -n ${namespace} patch deploy {{app}} -p '{"spec":{"replicas":${replicas}}}'
        echo {{app}} > {{answers}}/name
  mistakes:
    - {says: one too few, after: solution, script: "k -n ${namespace} scale deploy {{app}} --replicas=1", fails: [replicas]}
    - {says: changes the image, after: solution, script: "k -n ${namespace} set image deploy {{app}} web=nginx:1.26", fails: [image-kept]}
    - {says: writes another name, script: "k -n ${namespace} scale deploy {{app}} --replicas=${replicas}; echo web > {{answers}}/name", fails: [name]}
  explains: A Deployment's replicas are a number in its specification.
  reads: [https://kubernetes.io/docs/concepts/workloads/controllers/deployment/]
`;
}
