import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Authority } from '../../../../src/sim/client/pki/authority.js';
import { DAY } from '../../../../src/sim/kernel/time.js';

const CONFIG = `[req]
distinguished_name = dn
[dn]
[ca]
basicConstraints = critical,CA:TRUE,pathlen:1
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always,issuer:always
[leaf]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature,keyEncipherment,nonRepudiation
extendedKeyUsage = serverAuth,clientAuth,1.2.3.4.5
subjectAltName = DNS:shop.example.com,DNS:*.shop.example.com,IP:10.0.0.7,IP:fd00::1:2,email:a@example.com,URI:https://x/y,RID:1.2.3.4,dirName:dn_alt
1.2.3.4.5.6 = ASN1:UTF8String:hello
[dn_alt]
O = Other
CN = alt
`;

/** Makes certificates of many kinds in a folder, those of RSA and Ed25519 by openssl, old ones by our own hand. */
export function makeFixtures(folder: string): Record<string, string> {
  const openssl = (line: string, ...more: string[]) => {
    const result = spawnSync('openssl', [...line.split(' '), ...more], { cwd: folder, encoding: 'utf8' });
    if (result.status !== 0) throw new Error(`openssl ${line}: ${result.stderr}`);
  };
  writeFileSync(join(folder, 'config'), CONFIG);
  openssl(
    'req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 8000 -config config -extensions ca -utf8 -subj',
    '/C=DE/O=Drill, Inc./OU=a "b"/CN=Prüfung Root',
  );
  openssl('ecparam -name secp384r1 -genkey -noout -out leaf.key');
  openssl('req -new -key leaf.key -out leaf.csr -config config -subj', '/O=system:masters+CN=shop/CN= x #1');
  openssl(
    'x509 -req -in leaf.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 7000 -extfile config -extensions leaf -out leaf.crt',
  );
  openssl('x509 -in leaf.crt -outform der -out leaf.der');
  openssl('req -x509 -newkey ed25519 -nodes -keyout ed.key -out ed.crt -days 7000 -config config -subj', '/CN=ed');
  putOwn(folder);
  writeFileSync(join(folder, 'text.txt'), 'no certificate\n');
  const chain = ['leaf.crt', 'ca.crt'].map((name) => readFileSync(join(folder, name), 'utf8'));
  writeFileSync(join(folder, 'chain.crt'), chain.join(''));
  const names = 'ca.crt leaf.crt leaf.der ed.crt node.crt chain.crt old-ca.crt old.crt text.txt'.split(' ');
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name)).toString('base64')]));
}

/** As a cluster's: one that counts, and one that has expired. */
function putOwn(folder: string): void {
  const year = (number: number) => Date.UTC(number, 0, 5) * 1000;
  const authority = new Authority('fixtures', 'ca', { commonName: 'kubernetes' }, year(2020), ['kubernetes']);
  const names = { dnsNames: ['controlplane', 'kubernetes.default.svc'], addresses: ['10.96.0.1', '::1'] };
  const node = authority.issue({
    name: 'node',
    subject: { commonName: 'system:node:controlplane', organizations: ['system:nodes'] },
    usages: ['server', 'client'],
    notAfter: year(2060),
    ...names,
  });
  const old = authority.issue({
    name: 'old',
    subject: { commonName: 'old' },
    usages: ['client'],
    notAfter: year(2020) + DAY,
  });
  const texts = { 'node.crt': node, 'old.crt': old, 'old-ca.crt': authority.self };
  for (const [name, credential] of Object.entries(texts)) writeFileSync(join(folder, name), credential.certificate());
}
