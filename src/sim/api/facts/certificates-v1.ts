import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/certificates/v1, v0.36.0. */
export const CERTIFICATES_V1: FactPackage = {
  id: 'certificates.v1',
  group: 'certificates.k8s.io',
  version: 'v1',
  prefix: 'io.k8s.api.certificates.v1',
  kinds: 'CertificateSigningRequest CertificateSigningRequestList',
  types: `
!KeyUsage any|cert sign|client auth|code signing|content commitment|crl sign|data encipherment|decipher only|digital signature|email protection|encipher only|ipsec end system|ipsec tunnel|ipsec user|key agreement|key encipherment|microsoft sgc|netscape sgc|ocsp signing|s/mime|server auth|signing|timestamping
CertificateSigningRequest :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@CertificateSigningRequestSpec: status:3:@CertificateSigningRequestStatus:o
CertificateSigningRequestCondition type:1:s~RequestConditionType: status:6:s~v1.ConditionStatus: reason:2:s:o message:3:s:o lastUpdateTime:4:T:o lastTransitionTime:5:T:o
CertificateSigningRequestList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@CertificateSigningRequest:
CertificateSigningRequestSpec request:1:y: signerName:7:s: expirationSeconds:8:*i:o usages:5:[s~KeyUsage!:o:L=atomic username:2:s:o uid:3:s:o groups:4:[s:o:L=atomic extra:6:{[s]~ExtraValue:o
CertificateSigningRequestStatus conditions:1:[@CertificateSigningRequestCondition:o:L=map;K=type certificate:2:y:o
`,
};
