import { describe, expect, it } from 'vitest';
import { inOrder, type NameLibrary } from '../../../src/sim/client/address-selection.js';

const BOTH = ['10.244.1.7', 'fd00:10:244:1::7'];
const FOUR = ['10.244.1.7'];

/** Rules of RFC 6724 and, for glibc, of RFC 3484 (gai.conf(5)); written from the tables, not recorded. */
describe('in which order addresses of a name are tried', () => {
  it.each<[why: string, NameLibrary, own: readonly string[], addresses: string, expected: string]>([
    ['glibc puts any IPv6 first', 'glibc', BOTH, '10.96.0.9 fd00:10:96::9', 'fd00:10:96::9 10.96.0.9'],
    ['unique local addresses come behind IPv4', 'musl', BOTH, 'fd00:10:96::9 10.96.0.9', '10.96.0.9 fd00:10:96::9'],
    ['and so they do in Go', 'go', BOTH, 'fd00:10:96::9 10.96.0.9', '10.96.0.9 fd00:10:96::9'],
    [
      'addresses of the world whose source is no such address do not match in label',
      'go',
      BOTH,
      '2a00::5 5.9.1.1',
      '5.9.1.1 2a00::5',
    ],
    ['addresses of the world from one come first', 'go', ['10.0.0.2', '2a00::9'], '5.9.1.1 2a00::5', '2a00::5 5.9.1.1'],
    ['what has no source comes last', 'glibc', FOUR, 'fd00:10:96::9 10.96.0.9', '10.96.0.9 fd00:10:96::9'],
    ['the loopback of IPv6 is first', 'musl', FOUR, '127.0.0.1 ::1', '::1 127.0.0.1'],
    ['with glibc as well', 'glibc', FOUR, '127.0.0.1 ::1', '::1 127.0.0.1'],
    ['IPv4 alone stays as it came', 'musl', FOUR, '10.9.0.1 10.244.1.8 10.9.0.2', '10.9.0.1 10.244.1.8 10.9.0.2'],
    [
      'of IPv6 the one nearest to the source is first',
      'glibc',
      BOTH,
      'fd00:10:244:2::3 fd00:10:244:1::3',
      'fd00:10:244:1::3 fd00:10:244:2::3',
    ],
    [
      'of the 64 bits that count in Go all are alike',
      'go',
      BOTH,
      'fd00:10:244:1:8000::3 fd00:10:244:1::8',
      'fd00:10:244:1:8000::3 fd00:10:244:1::8',
    ],
    [
      'musl compares all of them',
      'musl',
      BOTH,
      'fd00:10:244:1:8000::3 fd00:10:244:1::8',
      'fd00:10:244:1::8 fd00:10:244:1:8000::3',
    ],
    ['one address is one', 'glibc', FOUR, 'fd00::1', 'fd00::1'],
  ])('%s', (_, library, own, addresses, expected) => {
    expect(inOrder(addresses.split(' '), own, library).join(' ')).toBe(expected);
  });
});
