/** Object identifiers that certificates of a cluster may carry: OpenSSL's long names, and short ones where they differ. */
const NAMES: Readonly<Record<string, readonly [long: string, short?: string]>> = {
  '1.2.840.113549.1.1.1': ['rsaEncryption'],
  '1.2.840.113549.1.1.5': ['sha1WithRSAEncryption'],
  '1.2.840.113549.1.1.11': ['sha256WithRSAEncryption'],
  '1.2.840.113549.1.1.12': ['sha384WithRSAEncryption'],
  '1.2.840.113549.1.1.13': ['sha512WithRSAEncryption'],
  '1.2.840.113549.1.1.14': ['sha224WithRSAEncryption'],
  '1.2.840.113549.1.9.1': ['emailAddress'],
  '1.2.840.10045.2.1': ['id-ecPublicKey'],
  '1.2.840.10045.3.1.7': ['prime256v1'],
  '1.2.840.10045.4.1': ['ecdsa-with-SHA1'],
  '1.2.840.10045.4.3.1': ['ecdsa-with-SHA224'],
  '1.2.840.10045.4.3.2': ['ecdsa-with-SHA256'],
  '1.2.840.10045.4.3.3': ['ecdsa-with-SHA384'],
  '1.2.840.10045.4.3.4': ['ecdsa-with-SHA512'],
  '1.3.101.112': ['ED25519'],
  '1.3.101.113': ['ED448'],
  '1.3.132.0.10': ['secp256k1'],
  '1.3.132.0.34': ['secp384r1'],
  '1.3.132.0.35': ['secp521r1'],
  '1.3.6.1.5.5.7.3.1': ['TLS Web Server Authentication', 'serverAuth'],
  '1.3.6.1.5.5.7.3.2': ['TLS Web Client Authentication', 'clientAuth'],
  '1.3.6.1.5.5.7.3.3': ['Code Signing', 'codeSigning'],
  '1.3.6.1.5.5.7.3.4': ['E-mail Protection', 'emailProtection'],
  '1.3.6.1.5.5.7.3.8': ['Time Stamping', 'timeStamping'],
  '1.3.6.1.5.5.7.3.9': ['OCSP Signing', 'OCSPSigning'],
  '2.5.29.37.0': ['Any Extended Key Usage', 'anyExtendedKeyUsage'],
  '2.5.4.3': ['commonName', 'CN'],
  '2.5.4.4': ['surname', 'SN'],
  '2.5.4.5': ['serialNumber'],
  '2.5.4.6': ['countryName', 'C'],
  '2.5.4.7': ['localityName', 'L'],
  '2.5.4.8': ['stateOrProvinceName', 'ST'],
  '2.5.4.9': ['streetAddress', 'street'],
  '2.5.4.10': ['organizationName', 'O'],
  '2.5.4.11': ['organizationalUnitName', 'OU'],
  '0.9.2342.19200300.100.1.1': ['userId', 'UID'],
  '0.9.2342.19200300.100.1.25': ['domainComponent', 'DC'],
  '2.5.29.14': ['X509v3 Subject Key Identifier', 'subjectKeyIdentifier'],
  '2.5.29.15': ['X509v3 Key Usage', 'keyUsage'],
  '2.5.29.17': ['X509v3 Subject Alternative Name', 'subjectAltName'],
  '2.5.29.19': ['X509v3 Basic Constraints', 'basicConstraints'],
  '2.5.29.35': ['X509v3 Authority Key Identifier', 'authorityKeyIdentifier'],
  '2.5.29.37': ['X509v3 Extended Key Usage', 'extendedKeyUsage'],
};

/** The name in texts; its number where it has none. */
export function longName(id: string): string {
  return NAMES[id]?.[0] ?? id;
}

/** The name in distinguished names and on command lines. */
export function shortName(id: string): string {
  return NAMES[id]?.[1] ?? longName(id);
}

/** The identifier of a name that may stand in a subject, short or long; undefined for none that is known. */
export function attributeId(name: string): string | undefined {
  const found = Object.entries(NAMES).find(
    ([id, names]) => /^(2\.5\.4|0\.9|1\.2\.840\.113549\.1\.9)\./.test(id) && names.includes(name),
  );
  return found?.[0];
}
