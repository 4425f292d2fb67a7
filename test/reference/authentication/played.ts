import type { Played } from '../by-hand/sequence.js';

const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]+/g;

const UID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** What a server says of how it was built. */
const OF_BUILD = ['gitCommit', 'goVersion', 'buildDate', 'gitTreeState'];

/** Masks what differs from run to run in credentials: tokens are shown by their claims, times by how far they are apart. */
export function maskedCredentials(played: readonly Played[]): Played[] {
  return played.map((one) => JSON.parse(JSON.stringify(one), maskText) as Played);
}

function maskText(key: string, value: unknown): unknown {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return withoutUids(value);
  if (typeof value !== 'string') return value;
  if (OF_BUILD.includes(key)) return 'BUILD';
  return value.replace(JWT, claimsText).replace(/X509SHA256=[0-9a-f]{64}/g, 'X509SHA256=HASH');
}

/** Managed fields name owners by their UIDs. */
function withoutUids(object: object): object {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name.replace(UID, 'UID'), value]));
}

function claimsText(token: string): string {
  const [head = '', payload = ''] = token.split('.');
  const header = decode(head);
  const claims = decode(payload);
  if (!header || !claims) return token;
  if ('kid' in header) header['kid'] = 'KEY';
  header['alg'] = 'ALGORITHM';
  const issued = Number(claims['iat']);
  const far = (value: unknown) => (typeof value === 'number' ? value - issued : value);
  for (const name of ['exp', 'iat', 'nbf']) if (name in claims) claims[name] = far(claims[name]);
  const own = claims['kubernetes.io'] as Record<string, unknown> | undefined;
  if (own && 'warnafter' in own) own['warnafter'] = far(own['warnafter']);
  const text = JSON.stringify({ header, claims });
  return text.replace(UID, 'UID');
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
