import { expect, test } from 'vitest';
import { readConversions } from '../../../../src/sim/images/admission-webhook/conversions.js';
import { RuleError, readRules } from '../../../../src/sim/images/admission-webhook/rules.js';

/** A word that means nothing would have the right answer given, and nobody would notice. */
test.each([
  ['rules', () => readRules([{ broken: 'fewer' }]), 'rules[0].broken: "fewer" is none of bad-patch, empty'],
  ['rules', () => readRules([{ brokn: 'empty' }]), 'rules[0]: unknown field "brokn"'],
  [
    'conversions',
    () => readConversions({ conversions: [{}, { broken: 'toString' }] }),
    'conversions[1].broken: "toString" is none of bad-label, empty',
  ],
])('%s that cannot be followed are refused: %#', (_list, read, why) => {
  expect(read).toThrow(RuleError);
  expect(read).toThrow(why);
});
