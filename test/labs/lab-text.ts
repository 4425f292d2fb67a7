import type { LabInstance } from '../../src/labs/format/instance.js';
import { instantiate } from '../../src/labs/format/instance.js';
import type { Lab } from '../../src/labs/format/lab.js';
import { type ReadLab, readLab } from '../../src/labs/format/read-lab.js';

export const LAB_FILE = 'content/cka/labs/small.yaml';
export const WORLDS = ['three-node'];

/** A whole lab, as small as one may be. Its lines are counted from 1 in the tests. */
export const SMALL_LAB = `apiVersion: kubedrill.dev/v1
kind: Lab
metadata: {name: small, title: A small lab}
spec:
  certification: cka
  domain: Troubleshooting
  difficulty: 1
  minutes: 5
  world:
    base: three-node
  task: Do it.
  checks:
    - id: done
      points: 2
      says: It is done
      resource: {apiVersion: v1, kind: Node, name: node01}
      jsonpath: $.spec.unschedulable
      equals: true
    - id: kept
      guard: true
      says: It is kept
      gone: {apiVersion: v1, kind: Pod, name: intruder, namespace: default}
  solution:
    - id: one
      script: |
        k cordon node01
  mistakes:
    - says: forgets
      script: k get nodes
      fails: [done]
  explains: Because.
`;

/** Reads a lab's text after replacing pieces of it; each piece must be there. */
export function readChanged(...changes: readonly (readonly [string, string])[]): ReadLab {
  let text = SMALL_LAB;
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`the small lab has no "${from}"`);
    text = text.replace(from, () => to);
  }
  return readLab(LAB_FILE, text, WORLDS);
}

/** The lab a text describes. Throws with its problems when it has some. */
export function labOf(...changes: readonly (readonly [string, string])[]): Lab {
  const { lab, problems } = readChanged(...changes);
  if (!lab) throw new Error(JSON.stringify(problems));
  return lab;
}

/** An instance of a changed small lab with every draw the first one. */
export function instanceOf(...changes: readonly (readonly [string, string])[]): LabInstance {
  return instantiate(labOf(...changes), { seed: '1', dice: () => ({ below: () => 0 }) });
}
