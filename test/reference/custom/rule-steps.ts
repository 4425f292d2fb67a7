/** Rules in the Common Expression Language: definitions that hold them, and objects that keep them or not. */
import type { Step } from '../by-hand/sequence.js';
import { type Definition, definition } from './definitions.js';

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const text = { type: 'string' };

function withSpec(plural: string, kind: string, spec: object): Definition {
  return definition('laws.example.com', plural, kind, {
    schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', ...spec } } } },
  });
}

const PROPERTIES = {
  n: { type: 'integer' },
  m: { type: 'integer' },
  s: { type: 'string', maxLength: 20 },
  long: text,
  list: { type: 'array', items: text },
  short: { type: 'array', maxItems: 5, items: { type: 'string', maxLength: 5 } },
  map: { type: 'object', additionalProperties: { type: 'integer' } },
};

/** A rule, alone or with more of it, on the spec of a definition that is not kept. */
const RULES: readonly (readonly [does: string, rule: object])[] = [
  ['simple', { rule: 'self.n > 0' }],
  ['of a message', { rule: 'self.n > 0', message: 'n must be positive' }],
  ['no rule', { rule: '' }],
  ['unknown field', { rule: 'self.z > 0' }],
  ['no boolean', { rule: 'self.n' }],
  ['broken', { rule: 'self.n >' }],
  ['of two types', { rule: 'self.n == self.s' }],
  ['unknown function', { rule: 'self.n.half() > 1' }],
  ['unknown reason', { rule: 'self.n > 0', reason: 'Whim' }],
  ['reason', { rule: 'self.n > 0', reason: 'FieldValueForbidden' }],
  ['path', { rule: 'self.n > 0', fieldPath: '.n' }],
  ['path that is not there', { rule: 'self.n > 0', fieldPath: '.z' }],
  ['message over two lines', { rule: 'self.n > 0', message: 'a\nb' }],
  ['rule over two lines', { rule: 'self.n > 0 &&\nself.m > 0' }],
  ['message by an expression', { rule: 'self.n > 0', messageExpression: "'n is ' + string(self.n)" }],
  ['message that is a number', { rule: 'self.n > 0', messageExpression: 'self.n' }],
  ['message that is broken', { rule: 'self.n > 0', messageExpression: "'n" }],
  ['transition', { rule: 'self.n >= oldSelf.n' }],
  ['optional transition', { rule: '!oldSelf.hasValue() || self.n >= oldSelf.value().n', optionalOldSelf: true }],
  ['optional without a transition', { rule: 'self.n > 0', optionalOldSelf: true }],
  ['costs little', { rule: 'self.short.all(x, x.size() < 3)' }],
  ['costs much', { rule: 'self.list.all(x, self.list.all(y, x == y || x.contains(y)))' }],
  ['costs much by a text', { rule: 'self.list.all(x, self.long.contains(x))' }],
  ['message of blanks', { rule: 'self.n > 0', message: '  ' }],
];

const DEFINED: readonly Step[] = RULES.map(([does, rule]) => ({
  does: `rule: ${does}`,
  method: 'POST',
  path: `${DEFINITIONS}?dryRun=All`,
  body: withSpec('laws', 'Law', { properties: PROPERTIES, 'x-kubernetes-validations': [rule] }),
}));

const UNCORRELATED: Step = {
  does: 'rule: transition in a list',
  method: 'POST',
  path: `${DEFINITIONS}?dryRun=All`,
  body: withSpec('laws', 'Law', {
    properties: {
      list: {
        type: 'array',
        maxItems: 3,
        items: { type: 'string', 'x-kubernetes-validations': [{ rule: 'self == oldSelf' }] },
      },
    },
  }),
};

/** A kind whose objects are looked at by many rules. */
const KEPT = definition('laws.example.com', 'cases', 'Case', {
  schema: {
    openAPIV3Schema: {
      type: 'object',
      'x-kubernetes-validations': [{ rule: "self.metadata.name != 'forbidden'", message: 'that name is taken' }],
      properties: {
        spec: {
          type: 'object',
          'x-kubernetes-validations': [
            { rule: 'self.min <= self.max', message: 'min must not be above max' },
            {
              rule: '!has(self.replicas) || self.replicas <= self.max',
              messageExpression: "'at most ' + string(self.max)",
            },
            {
              rule: "!has(self.mode) || self.mode != 'locked' || has(self.key)",
              reason: 'FieldValueRequired',
              fieldPath: '.key',
              message: 'key is needed',
            },
            { rule: '!has(self.ratio) || 10 / self.ratio > 1' },
          ],
          properties: {
            min: { type: 'integer', default: 0 },
            max: { type: 'integer', default: 10 },
            replicas: { type: 'integer' },
            mode: text,
            key: text,
            ratio: { type: 'integer' },
            fixed: {
              type: 'string',
              'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'fixed is immutable' }],
            },
            grows: { type: 'integer', 'x-kubernetes-validations': [{ rule: 'self >= oldSelf' }] },
            names: {
              type: 'array',
              maxItems: 5,
              'x-kubernetes-validations': [{ rule: 'self.all(x, x.startsWith("n"))' }],
              items: { type: 'string', maxLength: 10 },
            },
            port: {
              'x-kubernetes-int-or-string': true,
              'x-kubernetes-validations': [{ rule: 'type(self) == string ? self != "" : self > 0' }],
            },
            even: {
              type: 'integer',
              'x-kubernetes-validations': [{ rule: 'self % 2 == 0', reason: 'FieldValueDuplicate' }],
            },
            word: { type: 'string', maxLength: 10, 'x-kubernetes-validations': [{ rule: 'self.matches("^[a-z]+$")' }] },
          },
        },
      },
    },
  },
});

const CASES = '/apis/laws.example.com/v1/namespaces/NS/cases';
const MERGE = { 'content-type': 'application/merge-patch+json' };
const object = (name: string, spec: object) => ({
  apiVersion: 'laws.example.com/v1',
  kind: 'Case',
  metadata: { name },
  spec,
});

const SPECS: readonly (readonly [does: string, spec: object])[] = [
  ['nothing', {}],
  ['min above max', { min: 11 }],
  ['too many replicas', { replicas: 11 }],
  ['two rules broken', { min: 11, replicas: 12 }],
  ['locked without a key', { mode: 'locked' }],
  ['locked with a key', { mode: 'locked', key: 'k' }],
  ['division by nothing', { ratio: 0 }],
  ['names', { names: ['n1', 'n2'] }],
  ['wrong names', { names: ['n1', 'm2'] }],
  ['port number', { port: 80 }],
  ['port zero', { port: 0 }],
  ['port text', { port: 'http' }],
  ['port empty', { port: '' }],
  ['odd', { even: 3 }],
  ['word', { word: 'abc' }],
  ['wrong word', { word: 'ABC' }],
  ['wrong type and rule', { min: 'x', word: 'ABC' }],
  ['fixed at first', { fixed: 'a' }],
];

const patch = (does: string, spec: object): Step => ({
  does,
  method: 'PATCH',
  path: `${CASES}/one`,
  body: { spec },
  headers: MERGE,
});

export const RULE_STEPS: readonly Step[] = [
  ...DEFINED,
  UNCORRELATED,
  { does: 'set up: cases', method: 'POST', path: DEFINITIONS, body: KEPT },
  ...SPECS.map(([does, spec]) => ({
    does: `object: ${does}`,
    method: 'POST',
    path: `${CASES}?dryRun=All`,
    body: object('one', spec),
  })),
  { does: 'object: forbidden name', method: 'POST', path: `${CASES}?dryRun=All`, body: object('forbidden', {}) },
  { does: 'set up: one', method: 'POST', path: CASES, body: object('one', { fixed: 'a', grows: 3, word: 'abc' }) },
  patch('fixed changed', { fixed: 'b' }),
  patch('fixed as it was', { fixed: 'a', replicas: 2 }),
  patch('fixed taken away', { fixed: null }),
  patch('grows less', { grows: 2 }),
  patch('grows', { grows: 4 }),
  patch('breaks a rule', { max: -1 }),
];
