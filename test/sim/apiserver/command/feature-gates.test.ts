import { expect, test } from 'vitest';
import { featureGateProblem } from '../../../../src/sim/apiserver/command/feature-gates.js';

/** In the words of component-base's featuregate, v0.36.0. */
test.each([
  ['', undefined],
  ['AllAlpha=false', undefined],
  ['kube:AllAlpha=T', undefined],
  ['=true', 'unrecognized feature gate: '],
  ['Nonsense=true', 'unrecognized feature gate: Nonsense'],
  ['AllAlpha', 'missing bool value for AllAlpha'],
  ['AllAlpha=maybe', 'invalid value of AllAlpha=maybe, err: strconv.ParseBool: parsing "maybe": invalid syntax'],
  ['ImageVolume=false', 'cannot set feature gate ImageVolume to false, feature is locked to true'],
  ['ImageVolume=true', undefined],
])('--feature-gates=%s', (value, problem) => {
  expect(featureGateProblem([value])).toBe(problem);
});
