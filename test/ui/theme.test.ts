import { expect, test } from 'vitest';
import { paintLine, unpainted } from '../../src/ui/line/line.js';
import { makeTheme, THEMES, themeFor } from '../../src/ui/theme.js';

test.each<[Record<string, string>, string]>([
  [{ TERM: 'xterm-256color' }, 'dark'],
  [{ TERM: 'xterm-256color', COLORFGBG: '15;0' }, 'dark'],
  [{ TERM: 'xterm-256color', COLORFGBG: '0;15' }, 'light'],
  [{ TERM: 'rxvt', COLORFGBG: '0;default;7' }, 'light'],
  [{ TERM: 'xterm', COLORFGBG: '0;15', NO_COLOR: '1' }, 'none'],
  [{ TERM: 'dumb' }, 'none'],
  [{ TERM: 'vt100', COLORFGBG: '0;15' }, 'none'],
  [{ TERM: 'xterm', KUBEDRILL_THEME: 'light' }, 'light'],
  [{ TERM: 'xterm', KUBEDRILL_THEME: 'none' }, 'none'],
  [{ TERM: 'xterm', KUBEDRILL_THEME: 'dark', NO_COLOR: '1' }, 'dark'],
  [{ TERM: 'xterm', KUBEDRILL_THEME: 'mauve' }, 'dark'],
])('%j: %s', (environment, name) => {
  const wanted = makeTheme(name as (typeof THEMES)[number]);
  const theme = themeFor(environment);
  expect(theme.colours).toBe(wanted.colours);
  expect(theme.paint('failed', 'x')).toBe(wanted.paint('failed', 'x'));
});

test('addresses can be clicked on where the terminal knows of that', () => {
  const line = [{ text: 'read ' }, { text: 'the docs', style: 'value', link: 'https://kubernetes.io/docs' }] as const;
  const painted = paintLine(line, makeTheme('dark', true));
  expect(painted).toContain('\x1b]8;;https://kubernetes.io/docs\x1b\\');
  expect(painted).toMatch(/\x1b\]8;;\x1b\\$/);
  expect(unpainted(painted)).toBe('read the docs');
  expect(paintLine(line, makeTheme('none'))).not.toContain('\x1b]');
  expect(themeFor({ TERM: 'linux' }).links).toBe(false);
  expect(themeFor({ TERM: 'xterm' }).links).toBe(true);
});

test('an address cannot steer the terminal', () => {
  const painted = paintLine([{ text: 'x', link: 'https://a/\x1b]0;title\x07\x1b[2J' }], makeTheme('dark', true));
  expect(unpainted(painted)).toBe('x');
});

test.each(THEMES)('%s: what is painted is as it was', (name) => {
  expect(unpainted(makeTheme(name).paint('attention', 'text'))).toBe('text');
});
