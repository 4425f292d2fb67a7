import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/kube-aggregator/pkg/apis/apiregistration/v1, v0.36.0. */
export const APIREGISTRATION_V1: FactPackage = {
  id: 'apiregistration.v1',
  group: 'apiregistration.k8s.io',
  version: 'v1',
  prefix: 'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1',
  kinds: 'APIService APIServiceList',
  types: `
APIService :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@APIServiceSpec:o status:3:@APIServiceStatus:o
APIServiceCondition type:1:s~APIServiceConditionType: status:2:s~ConditionStatus: lastTransitionTime:3:T:o reason:4:s:o message:5:s:o
APIServiceList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@APIService:
APIServiceSpec service:1:*@ServiceReference:o group:2:s:o version:3:s:o insecureSkipTLSVerify:4:b:o caBundle:5:y:o:L=atomic groupPriorityMinimum:7:i: versionPriority:8:i:
APIServiceStatus conditions:1:[@APIServiceCondition:o:p=merge;k=type;L=map;K=type
ServiceReference namespace:1:s:o name:2:s:o port:3:*i:o
`,
};
