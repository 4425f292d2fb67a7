import { describe, expect, test } from 'vitest';
import { perl } from '../../../src/sim/images/repositories/perl.js';
import { oneHost } from './one-host.js';

describe('perl', () => {
  const host = oneHost(perl.files('5.42'), { PATH: '/usr/local/bin:/usr/bin' });

  // What perl 5.36 prints, apart from what is not simulated.
  test.each([
    [
      "perl -Mbignum=bpi -wle 'print bpi(100)'",
      '3.141592653589793238462643383279502884197169399375105820974944592307816406286208998628034825342117068\n',
      '',
      0,
    ],
    ['perl -e \'print "a\\n"; exit 3\'', 'a\n', '', 3],
    ['perl -e \'die "x"\'', '', 'x at -e line 1.\n', 255],
    ['perl -le \'print 1, "b"\'', '1b\n', '', 0],
    ["perl -e 'my $x = 1'", '', 'perl: not simulated: my $x = 1\n', 255],
  ])('%s', (line, out, err, code) => {
    expect(host.run(line)).toMatchObject({ out, err, status: { code } });
  });

  test('2000 digits, as the Job of the documentation prints', () => {
    const { out } = host.run("perl -Mbignum=bpi -wle 'print bpi(2000)'");
    // The last digits as another way (Gauss and Legendre) gives them.
    expect([out.length, out.slice(-11)]).toEqual([2002, '4780275901\n']);
  });
});
