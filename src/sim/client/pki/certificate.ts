import { createHash } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_clientAuth,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509';
import type { Bytes } from '../../kernel/bytes.js';
import type { Micros } from '../../kernel/time.js';
import { type KeyPair, publicKeyDer, signDer } from './key.js';
import { writePem } from './pem.js';

/** Whose name a certificate carries. */
export interface Subject {
  readonly commonName: string;
  readonly organizations?: readonly string[];
}

/** What a certificate says. */
export interface CertificateContent {
  readonly subject: Subject;
  /** May sign others. */
  readonly authority?: boolean;
  readonly usages?: readonly ('server' | 'client')[];
  readonly dnsNames?: readonly string[];
  readonly addresses?: readonly string[];
  readonly notBefore: Micros;
  readonly notAfter: Micros;
  /** Eight bytes and positive; the issuer sees to it that none comes twice. */
  readonly serial: Bytes;
}

/** Who signs: a subject and its key. */
export interface Issuer {
  readonly subject: Subject;
  readonly key: KeyPair;
}

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const ID_COMMON_NAME = '2.5.4.3';
const ID_ORGANIZATION = '2.5.4.10';

/** Makes a certificate as PEM. Without an issuer it signs itself. */
export function makeCertificate(content: CertificateContent, key: KeyPair, issuer?: Issuer): string {
  const signer = issuer ?? { subject: content.subject, key };
  const algorithm = new AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 });
  const tbs = new TBSCertificate({
    version: Version.v3,
    serialNumber: Uint8Array.from(content.serial).buffer,
    signature: algorithm,
    issuer: nameOf(signer.subject),
    validity: new Validity({ notBefore: dateOf(content.notBefore), notAfter: dateOf(content.notAfter) }),
    subject: nameOf(content.subject),
    subjectPublicKeyInfo: AsnConvert.parse(publicKeyDer(key), SubjectPublicKeyInfo),
    extensions: new Extensions(extensionsOf(content, key, issuer)),
  });
  const signature = signDer(signer.key, new Uint8Array(AsnConvert.serialize(tbs)));
  const certificate = new Certificate({
    tbsCertificate: tbs,
    signatureAlgorithm: algorithm,
    signatureValue: Uint8Array.from(signature).buffer,
  });
  return writePem('CERTIFICATE', new Uint8Array(AsnConvert.serialize(certificate)));
}

function extensionsOf(content: CertificateContent, key: KeyPair, issuer: Issuer | undefined): Extension[] {
  const usage = KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment;
  const extensions = [
    extension(id_ce_keyUsage, true, new KeyUsage(content.authority ? usage | KeyUsageFlags.keyCertSign : usage)),
  ];
  if (content.usages?.length) {
    const ids = content.usages.map((use) => (use === 'server' ? id_kp_serverAuth : id_kp_clientAuth));
    extensions.push(extension(id_ce_extKeyUsage, false, new ExtendedKeyUsage(ids)));
  }
  extensions.push(extension(id_ce_basicConstraints, true, new BasicConstraints({ cA: content.authority === true })));
  if (content.authority) {
    extensions.push(
      extension(id_ce_subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyId(key).buffer as ArrayBuffer)),
    );
  }
  if (issuer) {
    const id = new AuthorityKeyIdentifier({
      keyIdentifier: new KeyIdentifier(keyId(issuer.key).buffer as ArrayBuffer),
    });
    extensions.push(extension(id_ce_authorityKeyIdentifier, false, id));
  }
  const names = [
    ...(content.dnsNames ?? []).map((dNSName) => new GeneralName({ dNSName })),
    ...(content.addresses ?? []).map((iPAddress) => new GeneralName({ iPAddress })),
  ];
  if (names.length > 0) extensions.push(extension(id_ce_subjectAltName, false, new SubjectAlternativeName(names)));
  return extensions;
}

function extension(extnID: string, critical: boolean, value: object): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

/** SHA-1 over the public point, as RFC 5280 suggests. */
function keyId(key: KeyPair): Uint8Array {
  return Uint8Array.from(createHash('sha1').update(key.point).digest());
}

function nameOf(subject: Subject): Name {
  const pairs: [string, string][] = (subject.organizations ?? []).map((organization) => [
    ID_ORGANIZATION,
    organization,
  ]);
  pairs.push([ID_COMMON_NAME, subject.commonName]);
  return new Name(
    pairs.map(([type, value]) => {
      const printable = /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value);
      const text = new AttributeValue(printable ? { printableString: value } : { utf8String: value });
      return new RelativeDistinguishedName([new AttributeTypeAndValue({ type, value: text })]);
    }),
  );
}

function dateOf(at: Micros): Date {
  return new Date(Math.floor(at / 1_000_000) * 1000);
}
