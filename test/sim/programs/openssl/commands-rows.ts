/**
 * Command lines of openssl, one after the other in one folder; ` < FILE` gives a standard input. Lines before `--` make
 * what the others look at: they are said to the real program alone, and their files are kept.
 */
const LINES = `
req -x509 -newkey rsa:2048 -nodes -keyout ca.key -subj /CN=ca -days 8000 -out ca.crt
rsa -in ca.key -pubout -out ca.pub
ecparam -genkey -name prime256v1 -noout -out ec.key
ec -in ec.key -pubout -out ec.pub
genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out p384.key
genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out p521.key
genpkey -algorithm ED25519 -out ed.key
pkey -in ed.key -pubout -out ed.pub
ecparam -name P-256 -out parameters.pem
req -new -key ec.key -subj /CN=web -addext subjectAltName=DNS:web,IP:10.0.0.1 -out web.csr
req -new -key ed.key -subj /CN=ed -out ed.csr
req -newkey rsa:2048 -nodes -keyout int.key -subj /CN=int -out int.csr
x509 -req -in int.csr -CA ca.crt -CAkey ca.key -days 7000 -extfile x.cnf -extensions v3_ca -out int.crt
x509 -req -in web.csr -CA int.crt -CAkey int.key -days 7000 -copy_extensions copy -out web.crt
x509 -req -in web.csr -CA int.crt -CAkey int.key -days -1 -copy_extensions copy -out old.crt
x509 -req -in web.csr -CA ca.crt -CAkey ca.key -days 7000 -extfile x.cnf -extensions client -out client.crt
x509 -req -in ed.csr -CA web.crt -CAkey ec.key -days 7000 -out bad.crt
x509 -req -in ed.csr -signkey ed.key -days 7000 -out self.crt
dgst -sha256 -sign ca.key -out rsa.sig f.txt
dgst -sha256 -sign ec.key -out ec.sig f.txt
enc -aes-256-cbc -pbkdf2 -k abc -in f.txt -out f.enc
base64 -in ca.key -out ca.b64
base64 -A -in ca.key -out ca.b64a
--
dgst f.txt
dgst -md5 f.txt g.txt
dgst -sha256 -hex f.txt
dgst -sha512 f.txt
dgst -SHA256 f.txt
dgst -sha-256 f.txt
dgst -sha256 -md5 f.txt
dgst -c f.txt
dgst -r f.txt
dgst -c -r f.txt
dgst -r -c f.txt
md5 f.txt
md5 -r f.txt g.txt
md5 < f.txt
sha1 f.txt
sha256 < f.txt
sha256 -r < f.txt
sha384 f.txt
sha512 f.txt
sha512-256 f.txt
sha3-256 f.txt
blake2b512 f.txt
rmd160 f.txt
shake128 f.txt
md4 f.txt
dgst none.txt
sha256 none.txt f.txt
dgst -foo f.txt
sha256 -foo f.txt
sha999 f.txt
dgst -hmac key f.txt
dgst -sha256 -hmac key f.txt
sha1 -hmac key -r f.txt
sha256 -hmac
dgst -sha256 -mac HMAC -macopt key:abc f.txt
dgst -sha256 -mac HMAC -macopt hexkey:616263 f.txt
dgst -sha256 -mac HMAC f.txt
dgst -sha256 -mac foo f.txt
dgst -sha256 -sign ca.key -hex f.txt
dgst -sign ca.key -hex -c f.txt
dgst -sha384 -sign ca.key -hex -r f.txt
dgst -sha256 -sign ed.key f.txt
dgst -sign none.key f.txt
dgst -sign f.txt f.txt
dgst -sign ca.pub f.txt
dgst -sign ca.key f.txt g.txt
dgst -sha256 -verify ca.pub -signature rsa.sig f.txt
dgst -sha256 -verify ca.pub -signature rsa.sig g.txt
dgst -sha1 -verify ca.pub -signature rsa.sig f.txt
dgst -sha256 -prverify ca.key -signature rsa.sig f.txt
dgst -sha256 -verify ec.pub -signature ec.sig f.txt
dgst -sha256 -verify ec.pub -signature ec.sig g.txt
dgst -sha256 -verify ec.pub -signature rsa.sig f.txt
dgst -verify ed.pub -signature ec.sig f.txt
dgst -verify ca.pub f.txt
dgst -verify none.pub -signature rsa.sig f.txt
dgst -verify ca.key -signature rsa.sig f.txt
dgst -verify ca.pub -signature none f.txt
dgst -verify ca.pub -signature empty f.txt
dgst -out d.txt f.txt
dgst -out /nope/d.txt f.txt
enc -base64 -in f.txt
enc -a < f.txt
base64 -in ca.key
base64 -e < f.txt
base64 -A -in ca.key
base64 -d -in ca.b64
base64 -d -A -in ca.b64a
base64 -d -in ca.b64a
enc -d -base64 -in ca.b64
enc -base64 -d < ca.b64
base64 -d < f.txt
base64 -d -A < f.txt
base64 -foo
base64 none
base64 -in none
base64 -in f.txt -out /nope/x
enc -foo
enc -in f.txt
enc -aes-256-cbc -pbkdf2 -k abc -nosalt -base64 -in f.txt
enc -aes-256-cbc -k abc -nosalt -a -in f.txt
enc -aes-128-ctr -pbkdf2 -iter 7 -pass pass:abc -S 0102030405060708 -a -in f.txt
enc -aes-128-ctr -iter 0 -pass pass:abc -in f.txt
enc -aes-128-ctr -iter -3 -pass pass:abc -in f.txt
enc -aes-128-ctr -iter 0x -pass pass:abc -in f.txt
enc -aes-128-ctr -iter 99999999999 -pass pass:abc -in f.txt
enc -aes-128-ctr -iter 2147483648 -pass pass:abc -in f.txt
enc -aes-256-cbc -md md5 -k abc -nosalt -P
enc -aes-256-cbc -K 00 -iv 00 -base64 -in f.txt
enc -aes-256-cbc -K 0011 -in f.txt
enc -aes-256-cbc -K zz -iv 00 -in f.txt
enc -d -aes-256-cbc -pbkdf2 -k abc -in f.enc
aes-256-cbc -d -pbkdf2 -k abc < f.enc
enc -d -aes-256-cbc -pbkdf2 -k abd -in f.enc
enc -d -aes-256-cbc -pbkdf2 -k abc -in f.txt
enc -d -aes-256-cbc -pbkdf2 -k abc -in ca.key
enc -d -aes-256-cbc -pbkdf2 -pass foo -in f.enc
enc -d -aes-256-cbc -pbkdf2 -pass env:FOO -in f.enc
enc -d -aes-256-cbc -pbkdf2 -pass file:none -in f.enc
enc -d -aes-256-cbc -pbkdf2 -pass foo:none -in f.enc
enc -aes-256-gcm -k abc
ec -in ec.key
ec -in ec.key -noout
ec -in ec.key -noout -text
ec -in ec.key -pubout
ec -in ec.key -check
ec -in ec.key -param_out
ec -in p384.key -text
ec -in p521.key -noout -text
ec -pubin -in ec.pub -noout -text
ec -pubin -in ec.pub
ec -pubin -in ec.key
ec -in ec.pub
ec -in ca.key
ec -in ca.key -noout -text
ec -in ed.key
ec -in none
ec -in f.txt
ec -in ec.key -foo
ec -in ec.key x
ec -in ec.key -out e.key
ecparam -name prime256v1
ecparam -name secp384r1 -text -noout
ecparam -name P-521 -text
ecparam -name secp256k1
ecparam -name secp256r1
ecparam -name prime256v1 -check
ecparam -name foo
ecparam -in parameters.pem -text
ecparam < parameters.pem
ecparam -in f.txt
ecparam -in none
ecparam -name prime256v1 -genkey
ecparam -name prime256v1 -genkey -noout
ecparam -name secp521r1 -genkey -noout
ecparam -name prime256v1 -foo
ecparam -name prime256v1 x
genpkey
genpkey -foo
genpkey -algorithm foo
genpkey -algorithm EC
genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256
genpkey -algorithm EC -pkeyopt group:secp384r1 -pkeyopt ec_param_enc:named_curve
genpkey -algorithm EC -pkeyopt ec_paramgen_curve:foo
genpkey -algorithm ED25519
genpkey -algorithm x25519
genpkey -algorithm ED448
genpkey -algorithm RSA -quiet
genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -quiet
genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:100
genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:abc
genpkey -algorithm RSA -pkeyopt foo:1
genpkey -algorithm RSA -pkeyopt foo
genpkey -algorithm ED25519 -pkeyopt a:b
genpkey -paramfile parameters.pem
genpkey -paramfile none
genpkey -algorithm EC -paramfile parameters.pem
genpkey -algorithm ED25519 -out /nope/x
genpkey -algorithm ED25519 x
pkey -in ed.key -text
pkey -in ed.key -pubout -text
pkey -in ed.key -text_pub -noout
pkey -pubin -in ed.pub -text -noout
pkey -in p384.key -traditional
pkey -in ed.key -traditional
pkey -in ca.key -pubcheck -noout
pkey -in ca.pub
rsa -in ca.key -RSAPublicKey_out
rsa -in ca.pub -noout
rsa -pubin -in ca.pub -check -noout
rsa -in ca.key -outform foo
req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout n.key -subj /CN=w -out n.csr
req -in n.csr -noout -subject -verify
req -newkey ec:parameters.pem -nodes -keyout n.key -subj /CN=w -out n.csr
req -newkey ed25519 -nodes -keyout n.key -subj /CN=w -out n.csr
req -in n.csr -noout -subject -verify
req -newkey rsa -pkeyopt rsa_keygen_bits:1024 -nodes -keyout n.key -subj /CN=w -out n.csr
req -newkey ec -nodes -keyout n.key -subj /CN=w
req -newkey ec -pkeyopt ec_paramgen_curve:foo -nodes -keyout n.key -subj /CN=w
req -newkey ec -pkeyopt foo:foo -nodes -keyout n.key -subj /CN=w
req -newkey ec:none -nodes -keyout n.key -subj /CN=w
req -newkey foo -nodes -keyout n.key -subj /CN=w
req -newkey rsa:100 -nodes -keyout n.key -subj /CN=w
req -newkey rsa:abc -nodes -keyout n.key -subj /CN=w
req -in ed.csr -noout -text
req -x509 -key ed.key -subj /CN=ed -set_serial 1 -out e.crt
x509 -in e.crt -noout -text
req -x509 -key p384.key -sha384 -subj /CN=ec -set_serial 1 -days 9 -out e.crt
x509 -in e.crt -noout -text
req -x509 -key ca.key -subj /CN=a -days -1
req -x509 -key ca.key -subj /CN=a -days abc
req -new -key ca.key -config x.cnf -sha512 -out c.csr
req -in c.csr -noout -text
req -new -key ca.key -config x.cnf -subj /CN=a -out d.csr
req -in d.csr -noout -subject
req -x509 -key ca.key -config x.cnf -extensions v3_ca -set_serial 2 -out d.crt
x509 -in d.crt -noout -text
req -new -key ca.key -config none
req -new -key ca.key -config f.txt
req -new -key ca.key -config x.cnf -reqexts foo
req -x509 -key ca.key -config x.cnf -extensions foo
req -new -key ca.key -subj /CN=a -addext foo
req -new -key ca.key -subj /CN=a -addext subjectAltName=DNS:a -addext subjectAltName=DNS:b
req -new -key ca.key -out asked.csr < answers
req -in asked.csr -noout -subject
req -new -key ca.key -out asked.csr < f.txt
x509 -req -in c.csr -CA int.crt -CAkey int.key -set_serial 5 -extfile x.cnf -extensions server -sha384 -out s.crt
x509 -in s.crt -noout -text
x509 -req -in c.csr -CA int.crt -CAkey int.key -set_serial 5 -days -1 -out s.crt
x509 -in s.crt -noout -subject
x509 -req -in c.csr -CA int.crt -CAkey int.key -set_serial 5 -days -2
x509 -req -in c.csr -CA int.crt -CAkey int.key -set_serial 5 -foo
x509 -req -in c.csr -CA int.crt -CAkey int.key -set_serial 5 -extfile x.cnf -extensions foo
x509 -req -in c.csr -CA int.crt -CAkey int.key -set_serial 5 -extfile none
verify -CAfile ca.crt -untrusted int.crt web.crt
verify -CAfile ca.crt web.crt
verify -untrusted int.crt web.crt
verify -CAfile int.crt web.crt
verify -CAfile int.crt -partial_chain web.crt
verify -CAfile ca.crt -untrusted int.crt old.crt
verify -CAfile ca.crt -purpose sslserver client.crt
verify -CAfile ca.crt -purpose sslclient client.crt
verify -CAfile ca.crt -untrusted int.crt -verify_hostname web web.crt
verify -CAfile ca.crt -untrusted int.crt -verify_hostname foo web.crt
verify -CAfile ca.crt -untrusted int.crt -verify_ip 10.0.0.1 web.crt
verify -CAfile ca.crt -untrusted int.crt -verify_ip 10.0.0.2 web.crt
verify -show_chain -CAfile ca.crt -untrusted int.crt web.crt
verify -trusted ca.crt int.crt
verify self.crt
verify -CAfile ca.crt -untrusted chain.crt bad.crt
version -v x
version -d
help foo
foo
`;

const [before = '', after = ''] = LINES.split('--\n');
const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');

export const MAKING: readonly string[] = linesOf(before);
export const ROWS: readonly string[] = linesOf(after);

/** Files that are there before. */
export const FILES: Readonly<Record<string, string>> = {
  'f.txt': 'hello\n',
  'g.txt': 'two\n',
  empty: '',
  answers: 'DE\n.\nBerlin\n\nops\nweb.example.com\n\n\n\n',
  'x.cnf': `[ req ]
prompt = no
distinguished_name = dn
req_extensions = server_names
x509_extensions = v3_ca
[ dn ]
C = DE
O = "Drill, Inc"
CN = 10.0.0.1
[ server_names ]
subjectAltName = @names
[ names ]
DNS.1 = kubernetes
IP.1 = 10.0.0.1
[ v3_ca ]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[ client ]
basicConstraints = CA:FALSE
extendedKeyUsage = clientAuth
[ server ]
authorityKeyIdentifier=keyid,issuer:always
basicConstraints=CA:FALSE
keyUsage=keyEncipherment,dataEncipherment
extendedKeyUsage=serverAuth,clientAuth
subjectAltName=@names
`,
};
