const NEWEST: Readonly<Record<string, string>> = {
  11: '11.22',
  12: '12.22',
  13: '13.23',
  14: '14.20',
  15: '15.15',
  16: '16.11',
  17: '17.7',
  18: '18.1',
};

/** The version behind a tag: `16-alpine` is the newest of its line. */
export function postgresVersionOf(tag: string): string {
  const [, version] = /^(\d+(?:\.\d+)?)(?:-|$)/.exec(tag) ?? [];
  return version === undefined ? (NEWEST[18] ?? '') : (NEWEST[version] ?? version);
}

/** Where images of a version keep their data: below the version since 18. */
export function dataFolderOf(version: string): string {
  const major = Number.parseInt(version, 10);
  return major >= 18 ? `/var/lib/postgresql/${major}/docker` : '/var/lib/postgresql/data';
}
