import { curriculum } from '../../../src/labs/content/curriculum.js';
import type { Blueprint } from '../../../src/labs/exam/blueprint.js';
import type { Lab } from '../../../src/labs/format/lab.js';
import { labOf } from '../lab-text.js';

/** A lab about a ConfigMap in one of these namespaces; `acts`: a check of its does something first. */
export function sharedLab(name: string, namespaces: readonly string[], { acts = false } = {}): Lab {
  const lab = labOf(
    ['  world:\n', `  variants:\n    namespace: {oneOf: [${namespaces.join(', ')}]}\n  world:\n`],
    [
      'base: three-node\n',
      'base: three-node\n    steps:\n      - manifests: |\n          apiVersion: v1\n          kind: ConfigMap\n          metadata: {name: question, namespace: "{{namespace}}"}\n      - settle: true\n',
    ],
    ['task: Do it.', 'task: Put yes into answer of {{namespace}}, and what you found into {{answers}}/found.'],
    ['kind: Node, name: node01}', 'kind: ConfigMap, name: answer, namespace: "{{namespace}}"}'],
    ['jsonpath: $.spec.unschedulable\n      equals: true', 'jsonpath: $.data.word\n      equals: "yes"'],
    ['namespace: default}', 'namespace: "{{namespace}}"}'],
    ['k cordon node01', 'kubectl -n {{namespace}} create cm answer --from-literal=word=yes'],
    ...(acts
      ? ([
          [
            '      says: It is done\n',
            '      says: It is done\n      before:\n        - run: kubectl -n {{namespace}} get cm\n',
          ],
        ] as const)
      : []),
  );
  return { ...lab, id: `cka/${name}`, content: { ...lab.content, spec: { ...lab.content.spec, types: [name] } } };
}

/** A blueprint of so many tasks. */
export function blueprintOf(min: number, max = min): Blueprint {
  return {
    id: 'cka/mock',
    title: 'A mock exam',
    certification: 'cka',
    tasks: { min, max },
    minutes: 60,
    passPercent: 66,
    domains: curriculum()
      .domains.filter(({ certification }) => certification === 'cka')
      .map(({ name, weight }) => ({ name, weight })),
  };
}
