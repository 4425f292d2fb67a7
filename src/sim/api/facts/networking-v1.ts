import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/networking/v1, v0.36.0. */
export const NETWORKING_V1: FactPackage = {
  id: 'networking.v1',
  group: 'networking.k8s.io',
  version: 'v1',
  prefix: 'io.k8s.api.networking.v1',
  kinds:
    'IPAddress IPAddressList Ingress IngressClass IngressClassList IngressList NetworkPolicy NetworkPolicyList ServiceCIDR ServiceCIDRList',
  types: `
!PathType Exact|ImplementationSpecific|Prefix
!PolicyType Egress|Ingress
HTTPIngressPath path:1:s:o pathType:3:*s~PathType!: backend:2:@IngressBackend:
HTTPIngressRuleValue paths:1:[@HTTPIngressPath::L=atomic
IPAddress :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@IPAddressSpec:o
IPAddressList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@IPAddress:
IPAddressSpec parentRef:1:*@ParentReference:o
IPBlock cidr:1:s: except:2:[s:o:L=atomic
Ingress :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@IngressSpec:o status:3:@IngressStatus:o
IngressBackend service:4:*@IngressServiceBackend:o resource:3:*@core.v1.TypedLocalObjectReference:o
IngressClass :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@IngressClassSpec:o
IngressClassList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@IngressClass:
IngressClassParametersReference apiGroup:1:*s:o kind:2:s: name:3:s: scope:4:*s: namespace:5:*s:o
IngressClassSpec controller:1:s:o parameters:2:*@IngressClassParametersReference:o
IngressList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@Ingress:
IngressLoadBalancerIngress ip:1:s:o hostname:2:s:o ports:4:[@IngressPortStatus:o:L=atomic
IngressLoadBalancerStatus ingress:1:[@IngressLoadBalancerIngress:o:L=atomic
IngressPortStatus port:1:i: protocol:2:s~v1.Protocol!: error:3:*s:o
IngressRule host:1:s:o :2:@IngressRuleValue:
IngressRuleValue http:1:*@HTTPIngressRuleValue:o
IngressServiceBackend name:1:s: port:2:@ServiceBackendPort:o
IngressSpec ingressClassName:4:*s:o defaultBackend:1:*@IngressBackend:o tls:2:[@IngressTLS:o:L=atomic rules:3:[@IngressRule:o:L=atomic
IngressStatus loadBalancer:1:@IngressLoadBalancerStatus:o
IngressTLS hosts:1:[s:o:L=atomic secretName:2:s:o
NetworkPolicy :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@NetworkPolicySpec:o
NetworkPolicyEgressRule ports:1:[@NetworkPolicyPort:o:L=atomic to:2:[@NetworkPolicyPeer:o:L=atomic
NetworkPolicyIngressRule ports:1:[@NetworkPolicyPort:o:L=atomic from:2:[@NetworkPolicyPeer:o:L=atomic
NetworkPolicyList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@NetworkPolicy:
NetworkPolicyPeer podSelector:1:*@meta.v1.LabelSelector:o namespaceSelector:2:*@meta.v1.LabelSelector:o ipBlock:3:*@IPBlock:o
NetworkPolicyPort protocol:1:*s~v1.Protocol!:o port:2:*I:o endPort:3:*i:o
NetworkPolicySpec podSelector:1:@meta.v1.LabelSelector: ingress:2:[@NetworkPolicyIngressRule:o:L=atomic egress:3:[@NetworkPolicyEgressRule:o:L=atomic policyTypes:4:[s~PolicyType!:o:L=atomic
ParentReference group:1:s:o resource:2:s:o namespace:3:s:o name:4:s:o
ServiceBackendPort name:1:s:o number:2:i:o
ServiceCIDR :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@ServiceCIDRSpec:o status:3:@ServiceCIDRStatus:o
ServiceCIDRList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@ServiceCIDR:
ServiceCIDRSpec cidrs:1:[s:o:L=atomic
ServiceCIDRStatus conditions:1:[@meta.v1.Condition:o:p=merge;k=type;L=map;K=type
`,
};
