import type { Bytes } from '../../kernel/bytes.js';
import { encodeText } from '../../kernel/bytes.js';
import { DAY, type Micros } from '../../kernel/time.js';
import { Authority, type Credential } from './authority.js';

/** Where Debian, Ubuntu and Alpine keep the authorities that everybody trusts. */
export const PUBLIC_BUNDLE = '/etc/ssl/certs/ca-certificates.crt';

/** 2022-01-01: authorities of the world are older than any cluster, and the same for all of them. */
const FOUNDED: Micros = 1_640_995_200_000_000;
/** How long the certificates of sites on the internet are valid. */
const SITE_SPAN: Micros = 90 * DAY;

const AUTHORITY = new Authority(
  'the internet',
  'public-ca',
  { commonName: 'USERTrust ECC Certification Authority', organizations: ['The USERTRUST Network'] },
  FOUNDED,
);

/** The content of the bundle: one authority stands for all that computers come with. */
export function publicBundle(): Bytes {
  return encodeText(AUTHORITY.self.certificate());
}

/** A certificate of a site on the internet that computers trust, issued a month before `now`. */
export function siteCredential(names: readonly string[], now: Micros): Credential {
  const notBefore = now - 30 * DAY;
  return AUTHORITY.issue({
    name: names.join(','),
    subject: { commonName: names[0] as string },
    usages: ['server'],
    dnsNames: names,
    notBefore,
    notAfter: notBefore + SITE_SPAN,
  });
}
