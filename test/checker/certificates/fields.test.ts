import type { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  alternativeNames,
  daysLeft,
  fieldsOf,
  nameInWords,
  usagesOf,
} from '../../../src/checker/certificates/fields.js';

test.each<[string | undefined, string[], string]>([
  ['O=ops\nO=dev\nCN=jane', ['ops', 'dev'], 'O=ops, O=dev, CN=jane'],
  ['CN=O=x', [], 'CN=O=x'],
  [undefined, [], 'no name'],
])('of %j the organizations are %j', (name, organizations, words) => {
  expect(fieldsOf(name, 'O')).toEqual(organizations);
  expect(nameInWords(name)).toBe(words);
});

const certificate = (fields: object) => fields as X509Certificate;

test.each<[string | undefined, string[]]>([
  ['DNS:a, IP Address:10.0.0.1, URI:spiffe://x, email:a@b', ['a', '10.0.0.1', 'spiffe://x', 'a@b']],
  ['', []],
  [undefined, []],
])('%j is for %j', (subjectAltName, names) => {
  expect(alternativeNames(certificate({ subjectAltName }))).toEqual(names);
});

test.each<[string[] | undefined, string[]]>([
  [
    ['1.3.6.1.5.5.7.3.2', '1.2.3.4'],
    ['client auth', '1.2.3.4'],
  ],
  [undefined, []],
])('the usages %j are %j', (keyUsage, words) => {
  expect(usagesOf(certificate({ keyUsage }))).toEqual(words);
});

test.each([
  [Date.UTC(2026, 11, 22), 10],
  [Date.UTC(2027, 0, 2), -1],
])('at %i there are %i days left', (now, days) => {
  expect(daysLeft(certificate({ validTo: 'Jan  1 00:00:00 2027 GMT' }), now)).toBe(days);
});
