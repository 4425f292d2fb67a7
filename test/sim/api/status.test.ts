import { describe, expect, test } from 'vitest';
import {
  duplicate,
  forbidden,
  invalid,
  notSupported,
  printFieldError,
  required,
  tooLong,
  tooMany,
} from '../../../src/sim/api/field-error.js';
import { goJson, goQuote } from '../../../src/sim/api/go-text.js';
import * as status from '../../../src/sim/api/status.js';

const pods = { group: '', resource: 'pods' };
const deployments = { group: 'apps', resource: 'deployments' };

describe('answers', () => {
  // Words of apimachinery v0.36.0, api/errors.
  test.each([
    [status.notFound(pods, 'x'), 404, 'NotFound', 'pods "x" not found'],
    [status.alreadyExists(deployments, 'x'), 409, 'AlreadyExists', 'deployments.apps "x" already exists'],
    [
      status.conflict(deployments, 'x'),
      409,
      'Conflict',
      'Operation cannot be fulfilled on deployments.apps "x": the object has been modified; please apply your changes to the latest version and try again',
    ],
    [status.forbiddenRequest(pods, 'x', 'no'), 403, 'Forbidden', 'pods "x" is forbidden: no'],
    [status.forbiddenRequest(pods, '', 'no'), 403, 'Forbidden', 'pods is forbidden: no'],
    [
      status.methodNotSupported(deployments, 'create'),
      405,
      'MethodNotAllowed',
      'create is not supported on resources of kind "deployments.apps"',
    ],
    [status.tooOldResourceVersion(5, 100), 410, 'Expired', 'too old resource version: 5 (100)'],
    [
      status.disruptionBudgetViolated('b', 2, 1),
      429,
      'TooManyRequests',
      "Cannot evict pod as it would violate the pod's disruption budget.",
    ],
    [status.internalError('boom'), 500, 'InternalError', 'Internal error occurred: boom'],
    [
      status.serverTimeout(pods, 'list', 1),
      500,
      'ServerTimeout',
      'The list operation against pods could not be completed at this time, please try again.',
    ],
    [status.timeout('slow'), 504, 'Timeout', 'Timeout: slow'],
    [status.requestEntityTooLarge('limit is 5'), 413, 'RequestEntityTooLarge', 'Request entity too large: limit is 5'],
    [
      status.unsupportedMediaType(['a', 'b']),
      415,
      'UnsupportedMediaType',
      'the body of the request was in an unknown format - accepted media types include: a, b',
    ],
    [status.notAcceptable(['a']), 406, 'NotAcceptable', 'only the following media types are accepted: a'],
    [status.unauthorized(), 401, 'Unauthorized', 'Unauthorized'],
  ])('%#', (answer, code, reason, message) => {
    expect(answer).toMatchObject({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message });
  });

  test('say what is invalid, one cause a field, repeats once', () => {
    const errors = [required('spec.a'), invalid('spec.b', 'x', 'bad'), invalid('spec.b', 'x', 'bad')];
    const answer = status.invalidObject('apps', 'Deployment', 'web', errors);
    expect(answer.message).toBe(
      'Deployment.apps "web" is invalid: [spec.a: Required value, spec.b: Invalid value: "x": bad]',
    );
    expect(answer.details?.causes?.[0]).toEqual({
      reason: 'FieldValueRequired',
      message: 'Required value',
      field: 'spec.a',
    });
  });

  test('say one thing without brackets', () => {
    expect(status.invalidObject('', 'Pod', 'x', [required('spec.a', 'why')]).message).toBe(
      'Pod "x" is invalid: spec.a: Required value: why',
    );
  });

  test('are told by their reason', () => {
    const error = new status.StatusError(status.notFound(pods, 'x'));
    expect([status.isNotFound(error), status.isConflict(error), status.isNotFound(new Error('x'))]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('field errors', () => {
  test.each([
    [invalid('a', 5, 'bad'), 'a: Invalid value: 5: bad'],
    [invalid('a', { b: '<' }, 'bad'), 'a: Invalid value: {"b":"\\u003c"}: bad'],
    [invalid('a', null, 'bad'), 'a: Invalid value: null: bad'],
    [invalid('a', 'q"', ''), 'a: Invalid value: "q\\""'],
    [notSupported('a', 'x', ['p', 'q']), 'a: Unsupported value: "x": supported values: "p", "q"'],
    [forbidden('a', 'no'), 'a: Forbidden: no'],
    [duplicate('a', 'x'), 'a: Duplicate value: "x"'],
    [tooLong('a', 1), 'a: Too long: may not be more than 1 byte'],
    [tooMany('a', 5, 3), 'a: Too many: 5: must have at most 3 items'],
  ])('%#', (error, text) => {
    expect(printFieldError(error)).toBe(text);
  });
});

test("Go's quotes and JSON", () => {
  expect(goQuote('a\n"\\\u0001é\u00a0')).toBe('"a\\n\\"\\\\\\x01é\\u00a0"');
  expect(goJson({ a: '<&>' })).toBe('{"a":"\\u003c\\u0026\\u003e"}');
});
