/** A version's numbers; what follows them (`-rc.1`, `+k3s1`) does not count. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** The first version in a text (`kind v0.33.0 go1.26.8`, `28.2.2`, `kindest/node:v1.36.4@sha256:…`). */
export function versionIn(text: string): Version | undefined {
  const match = /(?<![\d.])v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  if (!match) return undefined;
  const [, major, minor, patch = '0'] = match;
  return { major: Number(major), minor: Number(minor), patch: Number(patch) };
}

/** Whether a version is another or newer; patches count. */
export function atLeast(version: Version, least: Version): boolean {
  if (version.major !== least.major) return version.major > least.major;
  if (version.minor !== least.minor) return version.minor > least.minor;
  return version.patch >= least.patch;
}

export function versionText({ major, minor, patch }: Version): string {
  return `${major}.${minor}.${patch}`;
}
