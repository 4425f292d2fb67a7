import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignTabs, DESCRIBE_LAYOUT, TABLE_LAYOUT, Tabwriter } from '../../../../src/sim/kubectl/output/tabwriter.js';

// Recorded from Go 1.26's text/tabwriter and github.com/liggitt/tabwriter, which kubectl v1.36 lays out with.
describe('alignTabs', () => {
  it.each([
    ['a\tb\tc\naaaa\tb\tc\n', DESCRIBE_LAYOUT, 'a     b  c\naaaa  b  c\n'],
    [
      'Name:\tx\nLabels:\ta=b\n\tc=d\nplain\nZ:\ty\n',
      DESCRIBE_LAYOUT,
      'Name:    x\nLabels:  a=b\n         c=d\nplain\nZ:  y\n',
    ],
    ['a\tb\n', TABLE_LAYOUT, 'a     b\n'],
    ['NAME\tAGE\na-long-name\t1d\n', TABLE_LAYOUT, 'NAME          AGE\na-long-name   1d\n'],
    ['é\tb\nee\tb\n', DESCRIBE_LAYOUT, 'é   b\nee  b\n'],
    ['a\t\tb\n', DESCRIBE_LAYOUT, 'a    b\n'],
    ['a\tb', DESCRIBE_LAYOUT, 'a  b'],
    ['a\tb\f c\td\n', DESCRIBE_LAYOUT, 'a  b\n c  d\n'],
    ['\t\ta\n', { ...DESCRIBE_LAYOUT, tabIndent: true }, '\t\ta\n'],
    ['a\tbb\t\nccc\td\t\n', { ...DESCRIBE_LAYOUT, alignRight: true }, '    a  bb\n  ccc   d\n'],
    ['a\vb\v\v\n\v\v\v\n', { ...DESCRIBE_LAYOUT, discardEmptyColumns: true }, 'a  b  \n      \n'],
    ['a\tb\n', { ...DESCRIBE_LAYOUT, padChar: '\t' }, 'a\tb\n'],
  ] as const)('%j', (text, layout, expected) => {
    expect(alignTabs(text, layout)).toBe(expected);
  });
});

describe('Tabwriter', () => {
  it('remembers widths over a flush when told to', () => {
    const writer = new Tabwriter(TABLE_LAYOUT);
    expect(writer.write('a-long-name\tx\n') + writer.flush()).toBe('a-long-name   x\n');
    expect(writer.write('b\ty\n') + writer.flush()).toBe('b             y\n');
    const forgetful = new Tabwriter(DESCRIBE_LAYOUT);
    expect(forgetful.write('a-long-name\tx\n') + forgetful.flush()).toBe('a-long-name  x\n');
    expect(forgetful.write('b\ty\n') + forgetful.flush()).toBe('b  y\n');
  });

  it('lays out the same however its text is cut up', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'bbb', 'é', '\t', '\n', '\f', '\v', ' '), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.nat(60), (whole, cut) => {
        const writer = new Tabwriter(DESCRIBE_LAYOUT);
        const out = writer.write(whole.slice(0, cut)) + writer.write(whole.slice(cut)) + writer.flush();
        expect(out).toBe(alignTabs(whole, DESCRIBE_LAYOUT));
      }),
    );
  });
});
