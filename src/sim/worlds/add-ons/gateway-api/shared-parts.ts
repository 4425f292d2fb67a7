/** Parts of schemas that several kinds of the Gateway API (v1.4.1, standard channel) have in common, by their names. */
export const SHARED_PARTS = String.raw`
caCertificateRef object
 group* string {"maxLength":253,"pattern":"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}
 kind* string {"maxLength":63,"minLength":1,"pattern":"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"}
 name* string {"maxLength":253,"minLength":1}
ancestorRef object
 group string {"default":"gateway.networking.k8s.io","maxLength":253,"pattern":"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}
 kind string {"default":"Gateway","maxLength":63,"minLength":1,"pattern":"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"}
 name* string {"maxLength":253,"minLength":1}
 namespace string {"maxLength":63,"minLength":1,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"}
 port integer {"format":"int32","maximum":65535,"minimum":1}
 sectionName string {"maxLength":253,"minLength":1,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}
conditions array {"maxItems":8,"minItems":1,"x-kubernetes-list-map-keys":["type"],"x-kubernetes-list-type":"map"}
 [] @condition
condition object
 lastTransitionTime* string {"format":"date-time"}
 message* string {"maxLength":32768}
 observedGeneration integer {"format":"int64","minimum":0}
 reason* string {"maxLength":1024,"minLength":1,"pattern":"^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$"}
 status* string {"enum":["True","False","Unknown"]}
 type* string {"maxLength":316,"pattern":"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$"}
kinds array {"maxItems":8,"x-kubernetes-list-type":"atomic"}
 [] @kind
parentRefs array {"maxItems":32,"x-kubernetes-list-type":"atomic","x-kubernetes-validations":[{"message":"sectionName must be specified when parentRefs includes 2 or more references to the same parent","rule":"self.all(p1, self.all(p2, p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name && (((!has(p1.__namespace__) || p1.__namespace__ == '') && (!has(p2.__namespace__) || p2.__namespace__ == '')) || (has(p1.__namespace__) && has(p2.__namespace__) && p1.__namespace__ == p2.__namespace__ )) ? ((!has(p1.sectionName) || p1.sectionName == '') == (!has(p2.sectionName) || p2.sectionName == '')) : true))"},{"message":"sectionName must be unique when parentRefs includes 2 or more references to the same parent","rule":"self.all(p1, self.exists_one(p2, p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name && (((!has(p1.__namespace__) || p1.__namespace__ == '') && (!has(p2.__namespace__) || p2.__namespace__ == '')) || (has(p1.__namespace__) && has(p2.__namespace__) && p1.__namespace__ == p2.__namespace__ )) && (((!has(p1.sectionName) || p1.sectionName == '') && (!has(p2.sectionName) || p2.sectionName == '')) || (has(p1.sectionName) && has(p2.sectionName) && p1.sectionName == p2.sectionName))))"}]}
 [] @ancestorRef
filters2 array {"maxItems":16,"x-kubernetes-list-type":"atomic","x-kubernetes-validations":[{"message":"RequestHeaderModifier filter cannot be repeated","rule":"self.filter(f, f.type == 'RequestHeaderModifier').size() <= 1"},{"message":"ResponseHeaderModifier filter cannot be repeated","rule":"self.filter(f, f.type == 'ResponseHeaderModifier').size() <= 1"}]}
 [] @filter2
headers array {"maxItems":16,"x-kubernetes-list-map-keys":["name"],"x-kubernetes-list-type":"map"}
 [] @header
parents array {"maxItems":32,"x-kubernetes-list-type":"atomic"}
 [] @parent
filters array {"maxItems":16,"x-kubernetes-list-type":"atomic","x-kubernetes-validations":[{"message":"May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but not both","rule":"!(self.exists(f, f.type == 'RequestRedirect') && self.exists(f, f.type == 'URLRewrite'))"},{"message":"RequestHeaderModifier filter cannot be repeated","rule":"self.filter(f, f.type == 'RequestHeaderModifier').size() <= 1"},{"message":"ResponseHeaderModifier filter cannot be repeated","rule":"self.filter(f, f.type == 'ResponseHeaderModifier').size() <= 1"},{"message":"RequestRedirect filter cannot be repeated","rule":"self.filter(f, f.type == 'RequestRedirect').size() <= 1"},{"message":"URLRewrite filter cannot be repeated","rule":"self.filter(f, f.type == 'URLRewrite').size() <= 1"}]}
 [] @filter
kind object
 group string {"default":"gateway.networking.k8s.io","maxLength":253,"pattern":"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}
 kind* string {"maxLength":63,"minLength":1,"pattern":"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"}
filter2 object {"x-kubernetes-validations":[{"message":"filter.requestHeaderModifier must be nil if the filter.type is not RequestHeaderModifier","rule":"!(has(self.requestHeaderModifier) && self.type != 'RequestHeaderModifier')"},{"message":"filter.requestHeaderModifier must be specified for RequestHeaderModifier filter.type","rule":"!(!has(self.requestHeaderModifier) && self.type == 'RequestHeaderModifier')"},{"message":"filter.responseHeaderModifier must be nil if the filter.type is not ResponseHeaderModifier","rule":"!(has(self.responseHeaderModifier) && self.type != 'ResponseHeaderModifier')"},{"message":"filter.responseHeaderModifier must be specified for ResponseHeaderModifier filter.type","rule":"!(!has(self.responseHeaderModifier) && self.type == 'ResponseHeaderModifier')"},{"message":"filter.requestMirror must be nil if the filter.type is not RequestMirror","rule":"!(has(self.requestMirror) && self.type != 'RequestMirror')"},{"message":"filter.requestMirror must be specified for RequestMirror filter.type","rule":"!(!has(self.requestMirror) && self.type == 'RequestMirror')"},{"message":"filter.extensionRef must be nil if the filter.type is not ExtensionRef","rule":"!(has(self.extensionRef) && self.type != 'ExtensionRef')"},{"message":"filter.extensionRef must be specified for ExtensionRef filter.type","rule":"!(!has(self.extensionRef) && self.type == 'ExtensionRef')"}]}
 extensionRef @caCertificateRef
 requestHeaderModifier @requestHeaderModifier
 requestMirror @requestMirror
 responseHeaderModifier @requestHeaderModifier
 type* string {"enum":["ResponseHeaderModifier","RequestHeaderModifier","RequestMirror","ExtensionRef"]}
header object
 name* string {"maxLength":256,"minLength":1,"pattern":"^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$"}
 type string {"default":"Exact","enum":["Exact","RegularExpression"]}
 value* string {"maxLength":4096,"minLength":1}
parent object
 conditions* @conditions
 controllerName* string {"maxLength":253,"minLength":1,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\\/[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+$"}
 parentRef* @ancestorRef
filter object {"x-kubernetes-validations":[{"message":"filter.requestHeaderModifier must be nil if the filter.type is not RequestHeaderModifier","rule":"!(has(self.requestHeaderModifier) && self.type != 'RequestHeaderModifier')"},{"message":"filter.requestHeaderModifier must be specified for RequestHeaderModifier filter.type","rule":"!(!has(self.requestHeaderModifier) && self.type == 'RequestHeaderModifier')"},{"message":"filter.responseHeaderModifier must be nil if the filter.type is not ResponseHeaderModifier","rule":"!(has(self.responseHeaderModifier) && self.type != 'ResponseHeaderModifier')"},{"message":"filter.responseHeaderModifier must be specified for ResponseHeaderModifier filter.type","rule":"!(!has(self.responseHeaderModifier) && self.type == 'ResponseHeaderModifier')"},{"message":"filter.requestMirror must be nil if the filter.type is not RequestMirror","rule":"!(has(self.requestMirror) && self.type != 'RequestMirror')"},{"message":"filter.requestMirror must be specified for RequestMirror filter.type","rule":"!(!has(self.requestMirror) && self.type == 'RequestMirror')"},{"message":"filter.requestRedirect must be nil if the filter.type is not RequestRedirect","rule":"!(has(self.requestRedirect) && self.type != 'RequestRedirect')"},{"message":"filter.requestRedirect must be specified for RequestRedirect filter.type","rule":"!(!has(self.requestRedirect) && self.type == 'RequestRedirect')"},{"message":"filter.urlRewrite must be nil if the filter.type is not URLRewrite","rule":"!(has(self.urlRewrite) && self.type != 'URLRewrite')"},{"message":"filter.urlRewrite must be specified for URLRewrite filter.type","rule":"!(!has(self.urlRewrite) && self.type == 'URLRewrite')"},{"message":"filter.extensionRef must be nil if the filter.type is not ExtensionRef","rule":"!(has(self.extensionRef) && self.type != 'ExtensionRef')"},{"message":"filter.extensionRef must be specified for ExtensionRef filter.type","rule":"!(!has(self.extensionRef) && self.type == 'ExtensionRef')"}]}
 extensionRef @caCertificateRef
 requestHeaderModifier @requestHeaderModifier
 requestMirror @requestMirror
 requestRedirect @requestRedirect
 responseHeaderModifier @requestHeaderModifier
 type* string {"enum":["RequestHeaderModifier","ResponseHeaderModifier","RequestMirror","RequestRedirect","URLRewrite","ExtensionRef"]}
 urlRewrite @urlRewrite
requestHeaderModifier object
 add @add
 remove array {"maxItems":16,"x-kubernetes-list-type":"set"}
  [] string
 set @add
requestMirror object {"x-kubernetes-validations":[{"message":"Only one of percent or fraction may be specified in HTTPRequestMirrorFilter","rule":"!(has(self.percent) && has(self.fraction))"}]}
 backendRef* @backendRef
 fraction @fraction
 percent integer {"format":"int32","maximum":100,"minimum":0}
requestRedirect object
 hostname string {"maxLength":253,"minLength":1,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}
 path @path
 port integer {"format":"int32","maximum":65535,"minimum":1}
 scheme string {"enum":["http","https"]}
 statusCode integer {"default":302,"enum":[301,302]}
urlRewrite object
 hostname string {"maxLength":253,"minLength":1,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}
 path @path
add array {"maxItems":16,"x-kubernetes-list-map-keys":["name"],"x-kubernetes-list-type":"map"}
 [] @add2
backendRef object {"x-kubernetes-validations":[{"message":"Must have port for Service reference","rule":"(size(self.group) == 0 && self.kind == 'Service') ? has(self.port) : true"}]}
 group string {"default":"","maxLength":253,"pattern":"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}
 kind string {"default":"Service","maxLength":63,"minLength":1,"pattern":"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"}
 name* string {"maxLength":253,"minLength":1}
 namespace string {"maxLength":63,"minLength":1,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"}
 port integer {"format":"int32","maximum":65535,"minimum":1}
fraction object {"x-kubernetes-validations":[{"message":"numerator must be less than or equal to denominator","rule":"self.numerator <= self.denominator"}]}
 denominator integer {"default":100,"format":"int32","minimum":1}
 numerator* integer {"format":"int32","minimum":0}
path object {"x-kubernetes-validations":[{"message":"replaceFullPath must be specified when type is set to 'ReplaceFullPath'","rule":"self.type == 'ReplaceFullPath' ? has(self.replaceFullPath) : true"},{"message":"type must be 'ReplaceFullPath' when replaceFullPath is set","rule":"has(self.replaceFullPath) ? self.type == 'ReplaceFullPath' : true"},{"message":"replacePrefixMatch must be specified when type is set to 'ReplacePrefixMatch'","rule":"self.type == 'ReplacePrefixMatch' ? has(self.replacePrefixMatch) : true"},{"message":"type must be 'ReplacePrefixMatch' when replacePrefixMatch is set","rule":"has(self.replacePrefixMatch) ? self.type == 'ReplacePrefixMatch' : true"}]}
 replaceFullPath string {"maxLength":1024}
 replacePrefixMatch string {"maxLength":1024}
 type* string {"enum":["ReplaceFullPath","ReplacePrefixMatch"]}
add2 object
 name* string {"maxLength":256,"minLength":1,"pattern":"^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$"}
 value* string {"maxLength":4096,"minLength":1}
`;
