import { describe, expect, test } from 'vitest';
import {
  checkFieldLabels,
  formatFieldSelector,
  matchesFields,
  parseFieldSelector,
} from '../../../src/sim/api/field-selectors.js';
import {
  formatLabels,
  formatSelector,
  formatSelectorObject,
  matchesSelector,
  parseSelector,
  SelectorError,
  selectorFromMap,
  selectorFromObject,
} from '../../../src/sim/api/labels.js';

const labels = { app: 'web', tier: 'front', version: '3' };

describe('label selectors', () => {
  test.each([
    ['', true, ''],
    ['app', true, 'app'],
    ['!app', false, '!app'],
    ['!old', true, '!old'],
    ['app=web', true, 'app=web'],
    ['app==web', true, 'app==web'],
    ['app!=web', false, 'app!=web'],
    ['missing!=x', true, 'missing!=x'],
    ['app in (api, web)', true, 'app in (api,web)'],
    ['app notin (api)', true, 'app notin (api)'],
    ['tier=front,app=web', true, 'app=web,tier=front'],
    ['version>2', true, 'version>2'],
    ['version<2', false, 'version<2'],
    ['app=', false, 'app='],
    ['app in ()', false, 'app in ()'],
    [' app = web , tier ', true, 'app=web,tier'],
    ['in in (in)', false, 'in in (in)'],
  ])('%j', (text, matches, written) => {
    const selector = parseSelector(text);
    expect(matchesSelector(selector, labels)).toBe(matches);
    expect(formatSelector(selector)).toBe(written);
  });

  // Recorded from k8s.io/apimachinery v0.36.0, labels.Parse.
  test.each([
    ['a,', "found '', expected: identifier after ','"],
    ['=a', "found '=', expected: !, identifier, or 'end of string'"],
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a=b=c', "found '=', expected: ',' or 'end of string'"],
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['a in (=)', "unable to parse requirement: found '=', expected: ',', ')' or identifier"],
    ['a=,,', "found ',', expected: identifier after ','"],
    ['!', "unable to parse requirement: found '', expected: identifier"],
    [
      'a>x',
      "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer",
    ],
    [
      'a_/b=c',
      "unable to parse requirement: <nil>: Invalid value: \"a_/b\": prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
    [
      'a=b/c',
      "unable to parse requirement: values[0][a]: Invalid value: \"b/c\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
  ])('%j is refused', (text, words) => {
    expect(() => parseSelector(text)).toThrow(new SelectorError(words));
  });

  test.each([
    [undefined, false, '<none>'],
    [{}, true, '<none>'],
    [{ matchLabels: { app: 'web' } }, true, 'app=web'],
    [
      { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['front', 'back'] }] },
      true,
      'app=web,tier in (back,front)',
    ],
    [{ matchExpressions: [{ key: 'x', operator: 'DoesNotExist' }] }, true, '!x'],
    [{ matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['front'] }] }, false, 'tier notin (front)'],
  ])('the object %j', (object, matches, written) => {
    expect(matchesSelector(selectorFromObject(object), labels)).toBe(matches);
    expect(formatSelectorObject(object)).toBe(written);
  });

  test('of objects refuse what is no operator', () => {
    const object = { matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] };
    expect(() => selectorFromObject(object)).toThrow('"Gt" is not a valid label selector operator');
  });

  test('of maps need every label', () => {
    expect(matchesSelector(selectorFromMap({ app: 'web', tier: 'back' }), labels)).toBe(false);
    expect(formatLabels({ b: '2', a: '1' })).toBe('a=1,b=2');
    expect(formatLabels({})).toBe('<none>');
  });
});

describe('field selectors', () => {
  const fields = { 'status.phase': 'Running', 'metadata.name': 'a=b' };

  test.each([
    ['', true, ''],
    ['status.phase=Running', true, 'status.phase=Running'],
    ['status.phase!=Running', false, 'status.phase!=Running'],
    ['status.phase==Running', true, 'status.phase=Running'],
    ['metadata.name=a\\=b', true, 'metadata.name=a\\=b'],
    ['spec.nodeName=', true, 'spec.nodeName='],
    ['status.phase=Running,metadata.name=x', false, 'metadata.name=x,status.phase=Running'],
  ])('%j', (text, matches, written) => {
    const requirements = parseFieldSelector(text);
    expect(matchesFields(requirements, fields)).toBe(matches);
    expect(formatFieldSelector(requirements)).toBe(written);
  });

  test.each([
    ['phase', "invalid selector: 'phase'; can't understand 'phase'"],
    ['a=b=c', 'invalid field selector: unescaped character in value: 61'],
    ['a=b\\x', 'invalid field selector: invalid escape sequence: \\x'],
    ['a=b\\', 'invalid field selector: invalid escape sequence: \\'],
  ])('%j is refused', (text, words) => {
    expect(() => parseFieldSelector(text)).toThrow(new SelectorError(words));
  });

  test('name only fields a kind has', () => {
    expect(() => checkFieldLabels(parseFieldSelector('x=y'), ['metadata.name'])).toThrow(
      '"x" is not a known field selector: only "metadata.name", "metadata.namespace"',
    );
  });
});
