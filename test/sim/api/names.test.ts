import { describe, expect, test } from 'vitest';
import {
  configMapKey,
  dns1035Label,
  dns1123Label,
  dns1123Subdomain,
  envVarName,
  httpHeaderName,
  labelKey,
  labelValue,
  nameIsLabel,
  nameIsSubdomain,
  pathSegmentName,
  percent,
  portName,
  portNumber,
  relaxedEnvVarName,
} from '../../../src/sim/api/names.js';

// The texts are those of apimachinery v0.36.0 (util/validation, api/validate/content).
const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const QUALIFIED =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

describe('names', () => {
  test.each([
    [dns1123Subdomain, 'web.example', []],
    [dns1123Subdomain, 'Web', [SUBDOMAIN]],
    [dns1123Subdomain, '', [SUBDOMAIN]],
    [dns1123Subdomain, 'a'.repeat(254), ['must be no more than 253 characters']],
    [dns1123Label, 'web', []],
    [dns1123Label, 'web.a', ['must not contain dots']],
    [dns1123Label, 'web_a', [LABEL]],
    [dns1123Label, 'a'.repeat(64), ['must be no more than 63 characters']],
    [
      dns1035Label,
      '1web',
      [
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
      ],
    ],
    [labelKey, 'app.kubernetes.io/name', []],
    [labelKey, '', ['name part must be non-empty', `name part ${QUALIFIED}`]],
    [labelKey, '/a', ['prefix part must be non-empty']],
    [labelKey, 'A_B/c', [`prefix part ${SUBDOMAIN}`]],
    [
      labelKey,
      'a/b/c',
      [`a valid label key ${QUALIFIED} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`],
    ],
    [labelKey, 'a'.repeat(64), ['name part must be no more than 63 bytes']],
    [labelValue, '', []],
    [
      labelValue,
      'a b',
      [
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      ],
    ],
    [portName, 'http', []],
    [
      portName,
      '-1--',
      [
        'must contain at least one letter (a-z)',
        'must not contain consecutive hyphens',
        'must not begin or end with a hyphen',
      ],
    ],
    [
      portName,
      'Too_Long_Port_Name',
      ['must be no more than 15 characters', 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)'],
    ],
    [
      percent,
      '5',
      [
        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
      ],
    ],
    [
      httpHeaderName,
      'X Y',
      [
        "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')",
      ],
    ],
    [
      envVarName,
      '1A',
      [
        "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')",
      ],
    ],
    [relaxedEnvVarName, '1 A', []],
    [
      relaxedEnvVarName,
      'a=b',
      ["a valid environment variable name must consist only of printable ASCII characters other than '='"],
    ],
    [configMapKey, 'a.b_c-D', []],
    [configMapKey, '..', ["must not be '..'"]],
    [configMapKey, '..a', ["must not start with '..'"]],
    [
      configMapKey,
      'a/b',
      [
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
      ],
    ],
    [pathSegmentName, 'a%b/c', ["may not contain '/'", "may not contain '%'"]],
    [pathSegmentName, '..', ["may not be '..'"]],
  ] as const)('%o of %j', (rule, value, expected) => {
    expect(rule(value)).toEqual(expected);
  });

  test('as prefixes may end in a dash', () => {
    expect([nameIsSubdomain('web-', true), nameIsLabel('web-', true)]).toEqual([[], []]);
    expect(nameIsSubdomain('web-', false)).toHaveLength(1);
  });

  test.each([
    [1, []],
    [65535, []],
    [0, ['must be between 1 and 65535, inclusive']],
    [65536, ['must be between 1 and 65535, inclusive']],
  ])('port %i', (port, expected) => {
    expect(portNumber(port)).toEqual(expected);
  });
});
