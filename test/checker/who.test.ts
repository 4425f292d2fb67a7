import { expect, test } from 'vitest';
import { userInfo, type Who, whoName } from '../../src/checker/who.js';

const ALL = 'system:authenticated';

test.each<[Who, string, string[], string]>([
  [{ user: 'jane' }, 'jane', [ALL], 'jane'],
  [{ user: 'jane', groups: ['dev', 'ops'] }, 'jane', ['dev', 'ops', ALL], 'jane'],
  [{ groups: ['dev', 'ops'] }, 'somebody', ['dev', 'ops', ALL], 'somebody of dev, ops'],
  [
    { serviceAccount: 'shop/bot' },
    'system:serviceaccount:shop:bot',
    ['system:serviceaccounts', 'system:serviceaccounts:shop', ALL],
    'shop/bot',
  ],
])('%j is %s', (who, user, groups, name) => {
  expect(userInfo(who)).toEqual({ user, groups });
  expect(whoName(who)).toBe(name);
});
