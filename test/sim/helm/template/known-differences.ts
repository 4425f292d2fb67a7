/** Snippets that come out differently here, each with the reason. */
export const KNOWN_DIFFERENCES: ReadonlyMap<string, string> = new Map<string, string>([
  ['{{ fromJson "{\\"a\\": 1e400}" }}', 'what the decoder had set before it failed is left out'],
  [
    '{{ bcrypt "x" | hasPrefix "$2a$10$" }} {{ htpasswd "u" "p" | hasPrefix "u:$2a$10$" }} {{ bcrypt "x" | len }} {{ htpasswd "u:v" "p" }}',
    'keys and certificates are still to come',
  ],
  [
    '{{ derivePassword 1 "long" "password" "user" "example.com" }} {{ derivePassword 1 "pin" "password" "user" "example.com" }} {{ derivePassword 1 "nope" "p" "u" "s" }}',
    'keys and certificates are still to come',
  ],
  ['{{ encryptAES "secretkey" "plaintext" | decryptAES "secretkey" }}', 'keys and certificates are still to come'],
  [
    '{{ genPrivateKey "ecdsa" | trunc 30 }} {{ genPrivateKey "nope" }} {{ genPrivateKey "rsa" | trunc 31 }} {{ genPrivateKey "ed25519" | trunc 27 }}',
    'keys and certificates are still to come',
  ],
  [
    '{{ $ca := genCA "my-ca" 365 }}{{ $ca.Cert | trunc 27 }} {{ $ca.Key | trunc 31 }} {{ typeOf $ca }}',
    'keys and certificates are still to come',
  ],
  [
    '{{ $ca := genCA "my-ca" 365 }}{{ $c := genSignedCert "a.b" (list "10.0.0.1") (list "a.b" "c.d") 30 $ca }}{{ $c.Cert | hasPrefix "-----BEGIN CERTIFICATE-----" }} {{ $c.Key | hasSuffix "-----END RSA PRIVATE KEY-----\\n" }}',
    'keys and certificates are still to come',
  ],
  [
    '{{ $c := genSelfSignedCert "a.b" nil nil 365 }}{{ $c.Cert | splitList "\\n" | first }}',
    'keys and certificates are still to come',
  ],
  ['{{ genSignedCert "a" nil nil 1 nil }}', 'keys and certificates are still to come'],
  ['{{ genSelfSignedCert "a" (list "nope") nil 1 }}', 'keys and certificates are still to come'],
  ['{{ genCA "a" }}', 'keys and certificates are still to come'],
]);
