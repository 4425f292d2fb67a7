import { expect, test } from 'vitest';
import { evaluateExpression } from '../../../src/clusters/expressions.js';
import { instantiate } from '../../../src/labs/format/instance.js';
import { labOf } from '../lab-text.js';

const DICE = { seed: '1', dice: () => ({ below: () => 0 }) };
const PLACE = {
  host: 'kd-4711',
  hosts: { controlplane: 'kd-4711', node01: 'kd-4711-node1' },
  answers: '/home/jane/answers',
};
const lab = labOf(
  [
    '  minutes: 5\n',
    '  minutes: 5\n  variants:\n    host: {oneOf: [a1, b2]}\n  derive: {where: "host + \'.local\'"}\n',
  ],
  ['    base: three-node\n', '    base: three-node\n    hosts: {controlplane: "{{host}}", node02: "{{host}}-node2"}\n'],
  ['task: Do it.', 'task: Write {{host}} of {{where}} into {{answers}}/host.'],
);
const evaluate = evaluateExpression;

test('a place gives the names of hosts and the folder of answers, which nobody makes then', () => {
  const { draw, values, world, host, hosts, task, taskPlace } = instantiate(lab, { ...DICE, evaluate, place: PLACE });
  expect([draw, values['where'], task]).toEqual([
    { host: 'kd-4711' },
    'kd-4711.local',
    'Write kd-4711 of kd-4711.local into /home/jane/answers/host.',
  ]);
  expect([host, taskPlace]).toEqual(['kd-4711', { host: 'controlplane', answers: '/home/jane/answers' }]);
  // A host that the cluster has not keeps the name that the lab gives it.
  expect(hosts).toEqual({ ...PLACE.hosts, node02: 'kd-4711-node2', base: 'base' });
  expect(world).toMatchObject({ hosts: { ...PLACE.hosts, node02: 'kd-4711-node2' }, steps: [] });
});

test('without one they are drawn, and the folder is made', () => {
  const { draw, taskPlace, world } = instantiate(lab, { ...DICE, evaluate });
  expect([draw, taskPlace.answers]).toEqual([{ host: 'a1' }, '/opt/course/1']);
  expect(JSON.stringify(world.steps)).toContain('mkdir -p /opt/course/1');
});

test('a lab without that variant is not given one', () => {
  expect(instantiate(labOf(), { ...DICE, place: PLACE }).draw).toEqual({});
});
