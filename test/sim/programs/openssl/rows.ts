/** Command lines of openssl among the files of `certificates.ts`; ` < FILE` gives it a standard input. */
export const ROWS: readonly string[] = `
x509 -in ca.crt -noout -text
x509 -in leaf.crt -noout -text
x509 -in ed.crt -noout -text
x509 -in node.crt -noout -text
x509 -in leaf.crt -text
x509 -in leaf.crt
x509 -in leaf.crt -noout
x509 -noout -subject < leaf.crt
x509 -in leaf.crt -noout -subject -issuer
x509 -in leaf.crt -noout -enddate
x509 -in leaf.crt -noout -startdate
x509 -in leaf.crt -noout -dates -subject
x509 -subject -noout -in ed.crt -serial
x509 --in leaf.crt --noout --enddate
x509 -in ca.crt -noout -serial -modulus
x509 -in leaf.crt -noout -modulus
x509 -in leaf.crt -noout -pubkey
x509 -in ca.crt -noout -pubkey
x509 -in leaf.crt -noout -fingerprint
x509 -in leaf.crt -noout -fingerprint -sha256
x509 -in leaf.crt -noout -sha512 -fingerprint
x509 -in leaf.crt -noout -fingerprint -foo
x509 -in leaf.crt -noout -foo
x509 -in leaf.crt -noout -ext subjectAltName
x509 -in leaf.crt -noout -ext subjectAltName,keyUsage,extendedKeyUsage
x509 -in leaf.crt -noout -ext nsCertType
x509 -in ca.crt -noout -ext basicConstraints,authorityKeyIdentifier,subjectKeyIdentifier
x509 -in leaf.crt -noout -subject -nameopt RFC2253
x509 -in leaf.crt -noout -subject -issuer -nameopt compat
x509 -in leaf.crt -noout -subject -nameopt nope
x509 -in ca.crt -noout -subject -nameopt rfc2253
x509 -in old.crt -noout -checkend 0
x509 -in leaf.crt -noout -checkend 86400
x509 -in leaf.crt -noout -checkend soon
x509 -in leaf.crt -checkend 0 -enddate -noout
x509 -in chain.crt -noout -subject
x509 -in nope.crt -noout -text
x509 -in text.txt -noout -text
x509 -noout -text < text.txt
x509 -in leaf.crt -noout more
x509 -noout -in
x509 -in leaf.der -inform der -noout -subject
x509 -in leaf.der -noout -subject
x509 -in leaf.crt -inform foo
x509 -in leaf.crt -out /nope/x
verify -CAfile ca.crt leaf.crt
verify -CAfile ca.crt leaf.crt ed.crt
verify leaf.crt
verify ca.crt
verify ed.crt
verify -CAfile ca.crt ca.crt
verify -CAfile old-ca.crt old.crt
verify -CAfile nope.crt leaf.crt
verify -CAfile text.txt leaf.crt
verify -CAfile ca.crt nope.crt
verify -CAfile ca.crt < leaf.crt
verify -nope
rand
rand -hex
rand -hex many
verify -CAfile ca.crt nope.crt leaf.crt
rand -base64
rand -nope
nope
`
  .split('\n')
  .filter((line) => line !== '');
