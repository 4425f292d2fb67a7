import { expect, it } from 'vitest';
import { differencesOf } from './compare.js';
import type { Stage, Told } from './story.js';

const NOTHING: Told = { title: 't', series: {}, last: {}, events: {}, calls: {}, refusals: [] };

function series(...p: Stage[]): Told {
  return { ...NOTHING, series: { p } };
}

function events(...p: Stage[]): Told {
  return { ...NOTHING, events: { p } };
}

function calls(...p: Stage[]): Told {
  return { ...NOTHING, calls: { p } };
}

const WAITING = 'waiting CrashLoopBackOff';

it.each<[says: string, real: Told, ours: Told, isApart: boolean]>([
  ['the same a little later', series([1, 'a'], [5, 'b']), series([1, 'a'], [7, 'b']), false],
  ['the same much later', series([1, 'a'], [5, 'b']), series([1, 'a'], [9, 'b']), true],
  ['much later where a kubelet backs off', series([1, 'Error'], [20, 'b']), series([1, 'Error'], [28, 'b']), false],
  ['twice as late there', series([1, 'Error'], [20, 'b']), series([1, 'Error'], [40, 'b']), true],
  ['what was over at once is missing', series([1, 'a'], [2, 'b']), series([2, 'b']), false],
  ['what lasted is missing', series([1, 'a'], [3, 'b']), series([3, 'b']), true],
  ['there and back at once', series([1, 'a'], [9, 'c']), series([1, 'a'], [1, 'b'], [1, 'a'], [9, 'c']), false],
  ['another end', series([1, 'a'], [2, 'b']), series([1, 'a'], [2, 'c']), true],
  ['another order', series([1, 'a'], [1, 'b'], [3, 'c']), series([1, 'b'], [1, 'a'], [5, 'c']), true],
  ['nothing at all', series([1, 'a']), series(), true],
  ['that it waits is told later', series([1, 'a'], [3, WAITING]), series([1, 'a'], [12, WAITING]), false],
  ['events side by side', events([1, 'a'], [1, 'b']), events([1, 'b'], [2, 'a']), false],
  ['an event too late', events([1, 'a']), events([4.5, 'a']), true],
  ['an event too many', events([1, 'a']), events([1, 'a'], [1, 'b']), true],
  ['an event nearly as often', events([1, 'a (9 times)']), events([1, 'a (8 times)']), false],
  ['an event far more often', events([1, 'a (3 times)']), events([1, 'a (9 times)']), true],
  ['calls side by side', calls([1, 'Stop a'], [1, 'Stop b']), calls([1, 'Stop b'], [1, 'Stop a']), false],
  ['calls in another order', calls([1, 'Stop a'], [1, 'Start b']), calls([1, 'Start b'], [1, 'Stop a']), true],
  ['a call too late', calls([1, 'Stop a']), calls([5, 'Stop a']), true],
  ['another status at the end', { ...NOTHING, last: { p: '{"a":1}' } }, { ...NOTHING, last: { p: '{"a":2}' } }, true],
  ['another refusal', { ...NOTHING, refusals: ['x'] }, NOTHING, true],
])('%s', (_, real, ours, isApart) => {
  expect(differencesOf(real, ours).length > 0).toBe(isApart);
});
