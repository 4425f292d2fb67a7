/** HTTPRoute, as of the Gateway API v1.4.1. */
export const HTTP_ROUTE = String.raw`
spec* object
 hostnames array {"maxItems":16,"x-kubernetes-list-type":"atomic"}
  [] string {"maxLength":253,"minLength":1,"pattern":"^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}
 parentRefs @parentRefs
 rules array {"default":[{"matches":[{"path":{"type":"PathPrefix","value":"/"}}]}],"maxItems":16,"x-kubernetes-list-type":"atomic","x-kubernetes-validations":[{"message":"While 16 rules and 64 matches per rule are allowed, the total number of matches across all rules in a route must be less than 128","rule":"(self.size() > 0 ? self[0].matches.size() : 0) + (self.size() > 1 ? self[1].matches.size() : 0) + (self.size() > 2 ? self[2].matches.size() : 0) + (self.size() > 3 ? self[3].matches.size() : 0) + (self.size() > 4 ? self[4].matches.size() : 0) + (self.size() > 5 ? self[5].matches.size() : 0) + (self.size() > 6 ? self[6].matches.size() : 0) + (self.size() > 7 ? self[7].matches.size() : 0) + (self.size() > 8 ? self[8].matches.size() : 0) + (self.size() > 9 ? self[9].matches.size() : 0) + (self.size() > 10 ? self[10].matches.size() : 0) + (self.size() > 11 ? self[11].matches.size() : 0) + (self.size() > 12 ? self[12].matches.size() : 0) + (self.size() > 13 ? self[13].matches.size() : 0) + (self.size() > 14 ? self[14].matches.size() : 0) + (self.size() > 15 ? self[15].matches.size() : 0) <= 128"}]}
  [] object {"x-kubernetes-validations":[{"message":"RequestRedirect filter must not be used together with backendRefs","rule":"(has(self.backendRefs) && size(self.backendRefs) > 0) ? (!has(self.filters) || self.filters.all(f, !has(f.requestRedirect))): true"},{"message":"When using RequestRedirect filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified","rule":"(has(self.filters) && self.filters.exists_one(f, has(f.requestRedirect) && has(f.requestRedirect.path) && f.requestRedirect.path.type == 'ReplacePrefixMatch' && has(f.requestRedirect.path.replacePrefixMatch))) ? ((size(self.matches) != 1 || !has(self.matches[0].path) || self.matches[0].path.type != 'PathPrefix') ? false : true) : true"},{"message":"When using URLRewrite filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified","rule":"(has(self.filters) && self.filters.exists_one(f, has(f.urlRewrite) && has(f.urlRewrite.path) && f.urlRewrite.path.type == 'ReplacePrefixMatch' && has(f.urlRewrite.path.replacePrefixMatch))) ? ((size(self.matches) != 1 || !has(self.matches[0].path) || self.matches[0].path.type != 'PathPrefix') ? false : true) : true"},{"message":"Within backendRefs, when using RequestRedirect filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified","rule":"(has(self.backendRefs) && self.backendRefs.exists_one(b, (has(b.filters) && b.filters.exists_one(f, has(f.requestRedirect) && has(f.requestRedirect.path) && f.requestRedirect.path.type == 'ReplacePrefixMatch' && has(f.requestRedirect.path.replacePrefixMatch))) )) ? ((size(self.matches) != 1 || !has(self.matches[0].path) || self.matches[0].path.type != 'PathPrefix') ? false : true) : true"},{"message":"Within backendRefs, When using URLRewrite filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified","rule":"(has(self.backendRefs) && self.backendRefs.exists_one(b, (has(b.filters) && b.filters.exists_one(f, has(f.urlRewrite) && has(f.urlRewrite.path) && f.urlRewrite.path.type == 'ReplacePrefixMatch' && has(f.urlRewrite.path.replacePrefixMatch))) )) ? ((size(self.matches) != 1 || !has(self.matches[0].path) || self.matches[0].path.type != 'PathPrefix') ? false : true) : true"}]}
   backendRefs array {"maxItems":16,"x-kubernetes-list-type":"atomic"}
    [] object {"x-kubernetes-validations":[{"message":"Must have port for Service reference","rule":"(size(self.group) == 0 && self.kind == 'Service') ? has(self.port) : true"}]}
     filters @filters
     group string {"default":"","maxLength":253,"pattern":"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}
     kind string {"default":"Service","maxLength":63,"minLength":1,"pattern":"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"}
     name* string {"maxLength":253,"minLength":1}
     namespace string {"maxLength":63,"minLength":1,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"}
     port integer {"format":"int32","maximum":65535,"minimum":1}
     weight integer {"default":1,"format":"int32","maximum":1000000,"minimum":0}
   filters @filters
   matches array {"default":[{"path":{"type":"PathPrefix","value":"/"}}],"maxItems":64,"x-kubernetes-list-type":"atomic"}
    [] object
     headers @headers
     method string {"enum":["GET","HEAD","POST","PUT","DELETE","CONNECT","OPTIONS","TRACE","PATCH"]}
     path object {"default":{"type":"PathPrefix","value":"/"},"x-kubernetes-validations":[{"message":"value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']","rule":"(self.type in ['Exact','PathPrefix']) ? self.value.startsWith('/') : true"},{"message":"must not contain '//' when type one of ['Exact', 'PathPrefix']","rule":"(self.type in ['Exact','PathPrefix']) ? !self.value.contains('//') : true"},{"message":"must not contain '/./' when type one of ['Exact', 'PathPrefix']","rule":"(self.type in ['Exact','PathPrefix']) ? !self.value.contains('/./') : true"},{"message":"must not contain '/../' when type one of ['Exact', 'PathPrefix']","rule":"(self.type in ['Exact','PathPrefix']) ? !self.value.contains('/../') : true"},{"message":"must not contain '%2f' when type one of ['Exact', 'PathPrefix']","rule":"(self.type in ['Exact','PathPrefix']) ? !self.value.contains('%2f') : true"},{"message":"must not contain '%2F' when type one of ['Exact', 'PathPrefix']","rule":"(self.type in ['Exact','PathPrefix']) ? !self.value.contains('%2F') : true"},{"message":"must not contain '#' when type one of ['Exact', 'PathPrefix']","rule":"(self.type in ['Exact','PathPrefix']) ? !self.value.contains('#') : true"},{"message":"must not end with '/..' when type one of ['Exact', 'PathPrefix']","rule":"(self.type in ['Exact','PathPrefix']) ? !self.value.endsWith('/..') : true"},{"message":"must not end with '/.' when type one of ['Exact', 'PathPrefix']","rule":"(self.type in ['Exact','PathPrefix']) ? !self.value.endsWith('/.') : true"},{"message":"type must be one of ['Exact', 'PathPrefix', 'RegularExpression']","rule":"self.type in ['Exact','PathPrefix'] || self.type == 'RegularExpression'"},{"message":"must only contain valid characters (matching ^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$) for types ['Exact', 'PathPrefix']","rule":"(self.type in ['Exact','PathPrefix']) ? self.value.matches(r\"\"\"^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$\"\"\") : true"}]}
      type string {"default":"PathPrefix","enum":["Exact","PathPrefix","RegularExpression"]}
      value string {"default":"/","maxLength":1024}
     queryParams array {"maxItems":16,"x-kubernetes-list-map-keys":["name"],"x-kubernetes-list-type":"map"}
      [] object
       name* string {"maxLength":256,"minLength":1,"pattern":"^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$"}
       type string {"default":"Exact","enum":["Exact","RegularExpression"]}
       value* string {"maxLength":1024,"minLength":1}
   name string {"maxLength":253,"minLength":1,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}
   timeouts object {"x-kubernetes-validations":[{"message":"backendRequest timeout cannot be longer than request timeout","rule":"!(has(self.request) && has(self.backendRequest) && duration(self.request) != duration('0s') && duration(self.backendRequest) > duration(self.request))"}]}
    backendRequest string {"pattern":"^([0-9]{1,5}(h|m|s|ms)){1,4}$"}
    request string {"pattern":"^([0-9]{1,5}(h|m|s|ms)){1,4}$"}
status object
 parents* @parents
`;

/** GRPCRoute, as of the Gateway API v1.4.1. */
export const GRPC_ROUTE = String.raw`
spec* object
 hostnames array {"maxItems":16,"x-kubernetes-list-type":"atomic"}
  [] string {"maxLength":253,"minLength":1,"pattern":"^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}
 parentRefs @parentRefs
 rules array {"maxItems":16,"x-kubernetes-list-type":"atomic","x-kubernetes-validations":[{"message":"While 16 rules and 64 matches per rule are allowed, the total number of matches across all rules in a route must be less than 128","rule":"(self.size() > 0 ? (has(self[0].matches) ? self[0].matches.size() : 0) : 0) + (self.size() > 1 ? (has(self[1].matches) ? self[1].matches.size() : 0) : 0) + (self.size() > 2 ? (has(self[2].matches) ? self[2].matches.size() : 0) : 0) + (self.size() > 3 ? (has(self[3].matches) ? self[3].matches.size() : 0) : 0) + (self.size() > 4 ? (has(self[4].matches) ? self[4].matches.size() : 0) : 0) + (self.size() > 5 ? (has(self[5].matches) ? self[5].matches.size() : 0) : 0) + (self.size() > 6 ? (has(self[6].matches) ? self[6].matches.size() : 0) : 0) + (self.size() > 7 ? (has(self[7].matches) ? self[7].matches.size() : 0) : 0) + (self.size() > 8 ? (has(self[8].matches) ? self[8].matches.size() : 0) : 0) + (self.size() > 9 ? (has(self[9].matches) ? self[9].matches.size() : 0) : 0) + (self.size() > 10 ? (has(self[10].matches) ? self[10].matches.size() : 0) : 0) + (self.size() > 11 ? (has(self[11].matches) ? self[11].matches.size() : 0) : 0) + (self.size() > 12 ? (has(self[12].matches) ? self[12].matches.size() : 0) : 0) + (self.size() > 13 ? (has(self[13].matches) ? self[13].matches.size() : 0) : 0) + (self.size() > 14 ? (has(self[14].matches) ? self[14].matches.size() : 0) : 0) + (self.size() > 15 ? (has(self[15].matches) ? self[15].matches.size() : 0) : 0) <= 128"}]}
  [] object
   backendRefs array {"maxItems":16,"x-kubernetes-list-type":"atomic"}
    [] object {"x-kubernetes-validations":[{"message":"Must have port for Service reference","rule":"(size(self.group) == 0 && self.kind == 'Service') ? has(self.port) : true"}]}
     filters @filters2
     group string {"default":"","maxLength":253,"pattern":"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}
     kind string {"default":"Service","maxLength":63,"minLength":1,"pattern":"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"}
     name* string {"maxLength":253,"minLength":1}
     namespace string {"maxLength":63,"minLength":1,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"}
     port integer {"format":"int32","maximum":65535,"minimum":1}
     weight integer {"default":1,"format":"int32","maximum":1000000,"minimum":0}
   filters @filters2
   matches array {"maxItems":64,"x-kubernetes-list-type":"atomic"}
    [] object
     headers @headers
     method object {"x-kubernetes-validations":[{"message":"One or both of 'service' or 'method' must be specified","rule":"has(self.type) ? has(self.service) || has(self.method) : true"},{"message":"service must only contain valid characters (matching ^(?i)\\.?[a-z_][a-z_0-9]*(\\.[a-z_][a-z_0-9]*)*$)","rule":"(!has(self.type) || self.type == 'Exact') && has(self.service) ? self.service.matches(r\"\"\"^(?i)\\.?[a-z_][a-z_0-9]*(\\.[a-z_][a-z_0-9]*)*$\"\"\"): true"},{"message":"method must only contain valid characters (matching ^[A-Za-z_][A-Za-z_0-9]*$)","rule":"(!has(self.type) || self.type == 'Exact') && has(self.method) ? self.method.matches(r\"\"\"^[A-Za-z_][A-Za-z_0-9]*$\"\"\"): true"}]}
      method string {"maxLength":1024}
      service string {"maxLength":1024}
      type string {"default":"Exact","enum":["Exact","RegularExpression"]}
   name string {"maxLength":253,"minLength":1,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}
status object
 parents* @parents
`;

/** BackendTLSPolicy, as of the Gateway API v1.4.1. */
export const BACKEND_TLS_POLICY = String.raw`
spec* object
 options object {"additionalProperties":{"maxLength":4096,"minLength":0,"type":"string"},"maxProperties":16}
 targetRefs* array {"maxItems":16,"minItems":1,"x-kubernetes-list-type":"atomic","x-kubernetes-validations":[{"message":"sectionName must be specified when targetRefs includes 2 or more references to the same target","rule":"self.all(p1, self.all(p2, p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name ? ((!has(p1.sectionName) || p1.sectionName == '') == (!has(p2.sectionName) || p2.sectionName == '')) : true))"},{"message":"sectionName must be unique when targetRefs includes 2 or more references to the same target","rule":"self.all(p1, self.exists_one(p2, p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name && (((!has(p1.sectionName) || p1.sectionName == '') && (!has(p2.sectionName) || p2.sectionName == '')) || (has(p1.sectionName) && has(p2.sectionName) && p1.sectionName == p2.sectionName))))"}]}
  [] object
   group* string {"maxLength":253,"pattern":"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}
   kind* string {"maxLength":63,"minLength":1,"pattern":"^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$"}
   name* string {"maxLength":253,"minLength":1}
   sectionName string {"maxLength":253,"minLength":1,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}
 validation* object {"x-kubernetes-validations":[{"message":"must not contain both CACertificateRefs and WellKnownCACertificates","rule":"!(has(self.caCertificateRefs) && size(self.caCertificateRefs) > 0 && has(self.wellKnownCACertificates) && self.wellKnownCACertificates != \"\")"},{"message":"must specify either CACertificateRefs or WellKnownCACertificates","rule":"(has(self.caCertificateRefs) && size(self.caCertificateRefs) > 0 || has(self.wellKnownCACertificates) && self.wellKnownCACertificates != \"\")"}]}
  caCertificateRefs array {"maxItems":8,"x-kubernetes-list-type":"atomic"}
   [] @caCertificateRef
  hostname* string {"maxLength":253,"minLength":1,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}
  subjectAltNames array {"maxItems":5,"x-kubernetes-list-type":"atomic"}
   [] object {"x-kubernetes-validations":[{"message":"SubjectAltName element must contain Hostname, if Type is set to Hostname","rule":"!(self.type == \"Hostname\" && (!has(self.hostname) || self.hostname == \"\"))"},{"message":"SubjectAltName element must not contain Hostname, if Type is not set to Hostname","rule":"!(self.type != \"Hostname\" && has(self.hostname) && self.hostname != \"\")"},{"message":"SubjectAltName element must contain URI, if Type is set to URI","rule":"!(self.type == \"URI\" && (!has(self.uri) || self.uri == \"\"))"},{"message":"SubjectAltName element must not contain URI, if Type is not set to URI","rule":"!(self.type != \"URI\" && has(self.uri) && self.uri != \"\")"}]}
    hostname string {"maxLength":253,"minLength":1,"pattern":"^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"}
    type* string {"enum":["Hostname","URI"]}
    uri string {"maxLength":253,"minLength":1,"pattern":"^(([^:/?#]+):)(//([^/?#]*))([^?#]*)(\\?([^#]*))?(#(.*))?"}
  wellKnownCACertificates string {"enum":["System"]}
status object
 ancestors* array {"maxItems":16,"x-kubernetes-list-type":"atomic"}
  [] object
   ancestorRef* @ancestorRef
   conditions* @conditions
   controllerName* string {"maxLength":253,"minLength":1,"pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\\/[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+$"}
`;
