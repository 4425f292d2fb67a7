import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1, v0.36.0. */
export const APIEXTENSIONS_V1: FactPackage = {
  id: 'apiextensions.v1',
  group: 'apiextensions.k8s.io',
  version: 'v1',
  prefix: 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1',
  kinds: 'ConversionReview CustomResourceDefinition CustomResourceDefinitionList',
  types: `
!FieldValueErrorReason FieldValueDuplicate|FieldValueForbidden|FieldValueInvalid|FieldValueRequired
ConversionRequest uid:1:s~types.UID: desiredAPIVersion:2:s: objects:3:[R::L=atomic
ConversionResponse uid:1:s~types.UID: convertedObjects:2:[R::L=atomic result:3:@meta.v1.Status:
ConversionReview :0:@meta.v1.TypeMeta: request:1:*@ConversionRequest:o response:2:*@ConversionResponse:o
CustomResourceColumnDefinition name:1:s: type:2:s: format:3:s:o description:4:s:o priority:5:i:o jsonPath:6:s:
CustomResourceConversion strategy:1:s~ConversionStrategyType: webhook:2:*@WebhookConversion:o
CustomResourceDefinition :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@CustomResourceDefinitionSpec: status:3:@CustomResourceDefinitionStatus:o
CustomResourceDefinitionCondition type:1:s~CustomResourceDefinitionConditionType: status:2:s~ConditionStatus: lastTransitionTime:3:T:o reason:4:s:o message:5:s:o observedGeneration:6:l:o
CustomResourceDefinitionList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@CustomResourceDefinition:
CustomResourceDefinitionNames plural:1:s: singular:2:s:o shortNames:3:[s:o:L=atomic kind:4:s: listKind:5:s:o categories:6:[s:o:L=atomic
CustomResourceDefinitionSpec group:1:s: names:3:@CustomResourceDefinitionNames: scope:4:s~ResourceScope: versions:7:[@CustomResourceDefinitionVersion::L=atomic conversion:9:*@CustomResourceConversion:o preserveUnknownFields:10:b:o
CustomResourceDefinitionStatus conditions:1:[@CustomResourceDefinitionCondition::L=map;K=type acceptedNames:2:@CustomResourceDefinitionNames: storedVersions:3:[s::L=atomic observedGeneration:4:l:o
CustomResourceDefinitionVersion name:1:s: served:2:b: storage:3:b: deprecated:7:b:o deprecationWarning:8:*s:o schema:4:*@CustomResourceValidation:o subresources:5:*@CustomResourceSubresources:o additionalPrinterColumns:6:[@CustomResourceColumnDefinition:o:L=atomic selectableFields:9:[@SelectableField:o:L=atomic
CustomResourceSubresourceScale specReplicasPath:1:s: statusReplicasPath:2:s: labelSelectorPath:3:*s:o
CustomResourceSubresourceStatus 
CustomResourceSubresources status:1:*@CustomResourceSubresourceStatus:o scale:2:*@CustomResourceSubresourceScale:o
CustomResourceValidation openAPIV3Schema:1:*@JSONSchemaProps:o
ExternalDocumentation description:1:s:o url:2:s:o
JSONSchemaProps id:1:s:o $schema:2:s~JSONSchemaURL:o $ref:3:*s:o description:4:s:o type:5:s:o format:6:s:o title:7:s:o default:8:*J:o maximum:9:*f:o exclusiveMaximum:10:b:o minimum:11:*f:o exclusiveMinimum:12:b:o maxLength:13:*l:o minLength:14:*l:o pattern:15:s:o maxItems:16:*l:o minItems:17:*l:o uniqueItems:18:b:o multipleOf:19:*f:o enum:20:[J:o:L=atomic maxProperties:21:*l:o minProperties:22:*l:o required:23:[s:o:L=atomic items:24:*JA:o allOf:25:[@JSONSchemaProps:o:L=atomic oneOf:26:[@JSONSchemaProps:o:L=atomic anyOf:27:[@JSONSchemaProps:o:L=atomic not:28:*@JSONSchemaProps:o properties:29:{@JSONSchemaProps:o additionalProperties:30:*JB:o patternProperties:31:{@JSONSchemaProps:o dependencies:32:{JS~JSONSchemaDependencies:o additionalItems:33:*JB:o definitions:34:{@JSONSchemaProps~JSONSchemaDefinitions:o externalDocs:35:*@ExternalDocumentation:o example:36:*J:o nullable:37:b:o x-kubernetes-preserve-unknown-fields:38:*b:o x-kubernetes-embedded-resource:39:b:o x-kubernetes-int-or-string:40:b:o x-kubernetes-list-map-keys:41:[s:o:L=atomic x-kubernetes-list-type:42:*s:o x-kubernetes-map-type:43:*s:o x-kubernetes-validations:44:[@ValidationRule~ValidationRules:o:p=merge;k=rule;L=map;K=rule
SelectableField jsonPath:1:s:
ServiceReference namespace:1:s: name:2:s: path:3:*s:o port:4:*i:o
ValidationRule rule:1:s: message:2:s:o messageExpression:3:s:o reason:4:*s~FieldValueErrorReason!:o fieldPath:5:s:o optionalOldSelf:6:*b:o
WebhookClientConfig url:3:*s:o service:1:*@ServiceReference:o caBundle:2:y:o
WebhookConversion clientConfig:2:*@WebhookClientConfig:o conversionReviewVersions:3:[s::L=atomic
`,
};
