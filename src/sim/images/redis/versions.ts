/** The newest release of each line. */
const NEWEST: Readonly<Record<string, string>> = {
  '5.0': '5.0.14',
  '6.0': '6.0.20',
  '6.2': '6.2.21',
  '7.0': '7.0.15',
  '7.2': '7.2.12',
  '7.4': '7.4.7',
  '8.0': '8.0.5',
  '8.2': '8.2.3',
  '8.4': '8.4.0',
};
const LINES: Readonly<Record<string, string>> = { 5: '5.0', 6: '6.2', 7: '7.4', 8: '8.4' };

/** The version behind a tag: `7-alpine` is the newest of its line. */
export function redisVersionOf(tag: string): string {
  const [, version] = /^(\d+(?:\.\d+){0,2})(?:-|$)/.exec(tag) ?? [];
  if (version === undefined) return NEWEST['8.4'] ?? '';
  if (version.split('.').length === 3) return version;
  const line = LINES[version] ?? version;
  return NEWEST[line] ?? `${line}.0`;
}
