const LINES: Readonly<Record<string, string>> = {
  '5.6': '5.6.51',
  '5.7': '5.7.44',
  '8.0': '8.0.44',
  '8.1': '8.1.0',
  '8.2': '8.2.0',
  '8.3': '8.3.0',
  '8.4': '8.4.7',
  '9.0': '9.0.1',
  '9.1': '9.1.0',
  '9.2': '9.2.0',
  '9.3': '9.3.0',
  '9.4': '9.4.0',
  '9.5': '9.5.0',
};
const NAMED: Readonly<Record<string, string>> = {
  latest: '9.5',
  innovation: '9.5',
  9: '9.5',
  8: '8.4',
  lts: '8.4',
  5: '5.7',
};

/** The version behind a tag. */
export function mysqlVersionOf(tag: string): string {
  const base = tag.replace(/-(?:oracle|debian|oraclelinux9)$/, '');
  const line = NAMED[base] ?? base;
  return LINES[line] ?? line;
}
