import { createHmac } from 'node:crypto';
import { DAY, HOUR, type Micros } from '../../kernel/time.js';
import { noteKeyPair } from '../tls/certificates.js';
import { type CertificateContent, makeCertificate, type Subject } from './certificate.js';
import { deriveKey, type KeyPair, privateKeyPem } from './key.js';

/** A certificate with its key, both PEM, made when first read. */
export interface Credential {
  readonly key: KeyPair;
  certificate(): string;
  privateKey(): string;
}

/** What a leaf certificate is for. */
export interface LeafRequest {
  /** Tells keys and serial numbers apart: the file's name. */
  readonly name: string;
  readonly subject: Subject;
  readonly usages: readonly ('server' | 'client')[];
  readonly dnsNames?: readonly string[];
  readonly addresses?: readonly string[];
  readonly notBefore?: Micros;
  readonly notAfter?: Micros;
}

const YEAR = 365 * DAY;

/** A certificate authority whose keys come from a secret: the same secret makes the same certificates. */
export class Authority {
  readonly self: Credential;
  readonly subject: Subject;
  private readonly secret: string;
  private readonly name: string;
  private readonly now: Micros;

  /** `now` is when the cluster was made; certificates count from an hour before (clocks differ). */
  constructor(secret: string, name: string, subject: Subject, now: Micros, dnsNames: readonly string[] = []) {
    this.secret = secret;
    this.name = name;
    this.subject = subject;
    this.now = now;
    this.self = lazyCredential(secret, name, (key) =>
      makeCertificate(
        { subject, authority: true, dnsNames, ...this.validity(10 * YEAR), serial: this.serial(name) },
        key,
      ),
    );
  }

  /** A certificate signed by this authority, with a key of its own. Valid for a year. */
  issue(request: LeafRequest): Credential {
    return lazyCredential(this.secret, `${this.name}/${request.name}`, (key) =>
      makeCertificate(this.contentOf(request), key, { subject: this.subject, key: this.self.key }),
    );
  }

  /** A certificate for a key that somebody else keeps (a certificate signing request). */
  sign(request: LeafRequest, key: KeyPair): string {
    return makeCertificate(this.contentOf(request), key, { subject: this.subject, key: this.self.key });
  }

  private contentOf(request: LeafRequest): CertificateContent {
    const { name, ...rest } = request;
    return { ...this.validity(YEAR), ...rest, serial: this.serial(name) };
  }

  private validity(span: Micros): { notBefore: Micros; notAfter: Micros } {
    return { notBefore: this.now - HOUR, notAfter: this.now + span };
  }

  private serial(name: string): Uint8Array {
    const bytes = Uint8Array.from(
      createHmac('sha256', this.secret).update(`serial ${this.name}/${name}`).digest().subarray(0, 8),
    );
    // Positive and without a leading zero byte.
    bytes[0] = ((bytes[0] as number) & 0x3f) | 0x40;
    return bytes;
  }
}

/** A certificate that signs itself, as a kubelet makes for its own port. */
export function selfSigned(secret: string, request: LeafRequest, now: Micros): Credential {
  const authority = new Authority(secret, request.name, request.subject, now);
  return authority.issue(request);
}

function lazyCredential(secret: string, name: string, make: (key: KeyPair) => string): Credential {
  let pair: KeyPair | undefined;
  let certificate: string | undefined;
  let privateKey: string | undefined;
  const key = () => (pair ??= deriveKey(secret, name));
  return {
    get key() {
      return key();
    },
    certificate: () => (certificate ??= make(key())),
    privateKey: () => {
      privateKey ??= privateKeyPem(key());
      if (certificate !== undefined) noteKeyPair(certificate, privateKey);
      return privateKey;
    },
  };
}
