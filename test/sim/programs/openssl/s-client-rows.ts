/** Servers of `openssl s_server`: what they show, and whether they ask for client certificates. */
export const SERVERS: Readonly<Record<string, { readonly files: readonly string[]; readonly key: string }>> = {
  alone: { files: ['leaf.crt'], key: 'leaf.key' },
  chain: { files: ['leaf.crt', 'int.crt'], key: 'leaf.key' },
  whole: { files: ['leaf.crt', 'int.crt', 'ca.crt'], key: 'leaf.key' },
  old: { files: ['old.crt', 'int.crt'], key: 'leaf.key' },
  client: { files: ['client.crt'], key: 'leaf.key' },
  self: { files: ['self.crt'], key: 'leaf.key' },
  odd: { files: ['odd.crt', 'leaf.crt'], key: 'leaf.key' },
};

/** What makes their files, said to the real program once. */
export const MAKING: readonly string[] = `
req -x509 -newkey rsa:2048 -nodes -keyout ca.key -subj /CN=ca -days 8000 -out ca.crt
req -newkey rsa:2048 -nodes -keyout int.key -subj /CN=int -out int.csr
x509 -req -in int.csr -CA ca.crt -CAkey ca.key -days 7000 -extfile x.cnf -extensions ca -out int.crt
req -newkey rsa:2048 -nodes -keyout leaf.key -subj /O=x/CN=web -addext subjectAltName=DNS:web -out leaf.csr
x509 -req -in leaf.csr -CA int.crt -CAkey int.key -days 7000 -copy_extensions copy -out leaf.crt
x509 -req -in leaf.csr -CA int.crt -CAkey int.key -days -1 -copy_extensions copy -out old.crt
x509 -req -in leaf.csr -CA ca.crt -CAkey ca.key -days 7000 -extfile x.cnf -extensions client -out client.crt
x509 -req -in leaf.csr -signkey leaf.key -days 7000 -out self.crt
x509 -req -in leaf.csr -CA leaf.crt -CAkey leaf.key -days 7000 -out odd.crt
`
  .split('\n')
  .filter((line) => line !== '');

/** `SERVER options`; the address is put before. Standard input is empty. */
export const ROWS: readonly string[] = `
alone
alone -CAfile ca.crt
alone -CAfile int.crt
alone -CAfile int.crt -partial_chain
alone -brief
alone -servername web -brief -noservername
alone -showcerts
alone -verify_return_error
alone -verify 3 -verify_quiet
alone -tls1_2 -brief
alone -CAfile none
alone -CAfile none.txt
alone -cert none
alone -cert leaf.crt
alone -foo
alone more
chain
chain -CAfile ca.crt
chain -CAfile ca.crt -verify_hostname web
chain -CAfile ca.crt -verify_hostname foo
chain -CAfile ca.crt -verify_ip 10.0.0.1
chain -CAfile ca.crt -verify_hostname foo -verify_return_error
chain -CAfile ca.crt -brief
whole
whole -CAfile ca.crt -showcerts
old
old -CAfile ca.crt
client
client -CAfile ca.crt
self
self -CAfile self.crt
odd
`
  .split('\n')
  .filter((line) => line !== '');

export const EXTENSIONS = `[ca]
basicConstraints = critical,CA:TRUE
[client]
basicConstraints = CA:FALSE
extendedKeyUsage = clientAuth
`;
