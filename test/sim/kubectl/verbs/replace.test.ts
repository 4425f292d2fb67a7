import { expect, test } from 'vitest';
import { SECOND } from '../../../../src/sim/kernel/time.js';
import { KubectlMachine } from '../machine.js';

const DEFINITION = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.shop.example.com}
spec:
  group: shop.example.com
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget, listKind: WidgetList}
  versions:
  - name: v1
    served: true
    storage: true
    subresources: {status: {}}
    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
`;

const widget = (metadata: string, rest: string) =>
  `{apiVersion: shop.example.com/v1, kind: Widget, metadata: {${metadata}}, ${rest}}\n`;

/** What kubectl 1.36.3 said to the same lines, served the same objects. */
const SAID: readonly (readonly [line: string, out: string, err: string, code: number])[] = [
  ['kubectl replace -f two.yaml', 'widget.shop.example.com/w1 replaced\n', '', 0],
  ['kubectl get widget w1 -o jsonpath={.spec}', '{"size":2}', '', 0],
  ['kubectl replace -f one.yaml --dry-run=server', 'widget.shop.example.com/w1 replaced (server dry run)\n', '', 0],
  [
    'kubectl replace -f old.yaml',
    '',
    'Error from server (Conflict): error when replacing "old.yaml": Operation cannot be fulfilled on widgets.shop.example.com "w1": the object has been modified; please apply your changes to the latest version and try again\n',
    1,
  ],
  [
    'kubectl replace -f nobody.yaml',
    '',
    'Error from server (NotFound): error when replacing "nobody.yaml": widgets.shop.example.com "nobody" not found\n',
    1,
  ],
  ['kubectl replace -f status.yaml --subresource=status', 'widget.shop.example.com/w1 replaced\n', '', 0],
  ['kubectl get widget w1 -o jsonpath={.spec}{.status}', '{"size":2}{"replicas":3}', '', 0],
];

test('a file without a resourceVersion replaces a custom object, a file with an old one does not', () => {
  const machine = new KubectlMachine();
  machine.put({
    'definition.yaml': DEFINITION,
    'one.yaml': widget('name: w1', 'spec: {size: 1}'),
    'two.yaml': widget('name: w1', 'spec: {size: 2}'),
    'old.yaml': widget('name: w1, resourceVersion: "1"', 'spec: {size: 3}'),
    'nobody.yaml': widget('name: nobody', 'spec: {size: 3}'),
    'status.yaml': widget('name: w1', 'status: {replicas: 3}'),
  });
  for (const file of ['definition', 'one']) {
    expect(machine.shell(`kubectl create -f ${file}.yaml`).code).toBe(0);
    machine.advance(3 * SECOND);
  }
  const ours = SAID.map(([line]) => {
    const { out, err, code } = machine.shell(line);
    return [line, out, err, code];
  });
  expect(ours).toEqual(SAID);
});
