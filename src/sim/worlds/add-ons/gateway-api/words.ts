/** What the fields of the Gateway API's kinds are for, kind by kind, in the notation of `readWords`; in words of our own. */
export const KIND_WORDS = `
GatewayClass A class of Gateways that one controller takes care of. Whoever makes a Gateway picks a class by its name; the class is made by those who run the cluster.
 spec What is wanted of the class.
  controllerName Name of the controller that manages the Gateways of this class, as a domain followed by a path, such as example.com/gateway-controller. It cannot be changed.
  description A few words on the class, for people.
  parametersRef An object that holds settings for all Gateways of this class. Which kinds it may be is for the controller to say.
   group API group of that object.
   kind Kind of that object.
   name Name of that object.
   namespace Namespace of that object. To be left out for kinds that have none.
 status What the controller of the class reports.
  conditions What the controller thinks of the class. Accepted tells whether it takes care of it.
  supportedFeatures Features of the API that the class offers, in the order of their names.
   [] A feature that is offered.
    name Name of the feature.
Gateway A place where traffic comes in: listeners at addresses, to which routes attach themselves.
 spec What is wanted of the Gateway.
  addresses Addresses that are asked for. What is left out the controller chooses.
   [] An address that is asked for.
    type Kind of address: IPAddress, Hostname, or a name of the controller's own with a domain in front.
    value The address itself, in the form that its type demands. Empty when any address of that type will do.
  gatewayClassName Name of the GatewayClass that this Gateway is of.
  infrastructure Properties of what the controller makes for this Gateway, such as its Service and Deployment.
   annotations Annotations for all objects that are made for this Gateway.
   labels Labels for all objects that are made for this Gateway.
   parametersRef An object in the same namespace with settings for this Gateway alone. What it says of the same thing goes before what the class says.
  listeners Ports at which traffic is waited for. Each is told from the others by its name, and no two may have port, protocol and host name alike.
   [] A port at which the Gateway waits, with what it expects there.
    allowedRoutes Which routes may attach themselves to this listener.
     kinds Kinds of routes that may attach themselves. When there are none, it goes by the protocol.
     namespaces Namespaces from which routes may attach themselves.
      from Whose routes: those of the Gateway's own namespace (Same), of all (All), or of those that the selector picks (Selector).
      selector Picks namespaces by their labels. Only looked at when from is Selector.
       matchExpressions Demands on labels, all of which have to be met.
        [] A demand on one label: key, operator and values.
         key The label's key.
         operator How the label relates to the values: In, NotIn, Exists or DoesNotExist.
         values The values for In and NotIn. Has to be empty for Exists and DoesNotExist.
          [] A value.
       matchLabels Labels and the value that each must have.
    hostname Host that this listener answers for, perhaps with *. in front. Without one it answers for all.
    name Name of the listener, by which routes can ask for it.
    port Port at which it waits. Several listeners may share a port.
    protocol Protocol that is spoken: HTTP, HTTPS, TLS, TCP, UDP, or one of the controller's own.
    tls How TLS is done here. Belongs to HTTPS and TLS only.
     certificateRefs Certificates for those who connect, as a rule one Secret of type kubernetes.io/tls. One in another namespace needs a ReferenceGrant there.
      [] An object that holds a certificate and its key.
       group API group of that object; empty for the core group.
       kind Kind of that object, as a rule Secret.
       name Name of that object.
       namespace Namespace of that object; the Gateway's own when left out.
     mode Whether TLS ends at the Gateway (Terminate), or goes through to the backend as it is (Passthrough).
     options More settings of TLS, which each controller defines for itself.
 status What the controller reports of the Gateway.
  addresses Addresses at which the Gateway can be reached.
   [] An address at which the Gateway can be reached.
    type Kind of address.
    value The address itself.
  conditions How the Gateway as a whole is doing. Accepted: it makes sense; Programmed: traffic can come.
  listeners How each listener is doing.
   [] How a listener is doing.
    attachedRoutes How many routes are attached to it.
    conditions Conditions of this listener.
    name Name of the listener that this is about.
    supportedKinds Kinds of routes that it takes. Empty when none of those it asks for can be had.
ReferenceGrant Lets objects of other namespaces refer to objects of this one. Without it no reference goes from one namespace to another.
 spec Who may refer to what.
  from Those that are trusted. Each entry adds to them.
   [] A kind of object in a namespace that is trusted.
    group API group of those who refer; empty for the core group.
    kind Kind of those who refer, such as HTTPRoute or Gateway.
    namespace Namespace of those who refer.
  to What they may refer to. Each entry adds to it.
   [] A kind of object in this namespace that may be referred to.
    group API group of what is referred to; empty for the core group.
    kind Kind of what is referred to, such as Service or Secret.
    name Name of the one object that is meant; all of that kind when left out.
HTTPRoute Sends HTTP requests on to backends, by host, path, header, query and method.
 spec What is wanted of the route.
  hostnames Hosts that the route is for, compared with the Host header. Without any it is for all hosts of its listeners.
   [] A host, perhaps with *. in front, which stands for one or more labels.
  parentRefs What the route attaches itself to, as a rule Gateways.
  rules What to do with which requests. The rule whose match is the most specific is the one that holds.
   [] What to do with the requests that match.
    backendRefs Where requests go, in shares by weight. Without any that can be used, requests are answered with 500.
     [] A backend and its share of the requests.
      filters What is done to requests that go to this backend only.
      group API group of the backend; empty for the core group.
      kind Kind of the backend, as a rule Service.
      name Name of the backend.
      namespace Namespace of the backend; the route's own when left out. Another one needs a ReferenceGrant there.
      port Port of the backend. Has to be there for a Service, and is the Service's port, not the pods'.
      weight Its share: this number divided by the sum of all. Nothing goes to a backend with 0.
    filters What is done to the requests of this rule on their way.
    matches What a request must be like. One of them that fits is enough.
     [] Demands on a request, all of which must be met.
      headers Headers that the request must have.
      method Method that the request must have.
      path Path that the request must have.
       type How the path is compared: whole (Exact), by its first elements (PathPrefix), or as a regular expression (RegularExpression).
       value What it is compared with.
      queryParams Parameters of the query that the request must have.
       [] A parameter of the query, and the value it must have.
        name Name of the parameter.
        type How the value is compared: Exact or RegularExpression.
        value What the value is compared with.
    name Name of the rule, by which others can refer to it.
    timeouts How long requests of this rule may take.
     backendRequest How long a single request from the Gateway to a backend may take. Not longer than request.
     request How long the Gateway may take to answer, with all its attempts. 0s is no limit.
 status What controllers report of the route.
  parents How the route is doing at each of its parents.
GRPCRoute Sends gRPC requests on to backends, by host, service, method and header.
 spec What is wanted of the route.
  hostnames Hosts that the route is for. Without any it is for all hosts of its listeners.
   [] A host, perhaps with *. in front, which stands for one or more labels.
  parentRefs What the route attaches itself to, as a rule Gateways.
  rules What to do with which requests.
   [] What to do with the requests that match.
    backendRefs Where requests go, in shares by weight. Without any that can be used, requests end with UNAVAILABLE.
     [] A backend and its share of the requests.
      filters What is done to requests that go to this backend only.
      group API group of the backend; empty for the core group.
      kind Kind of the backend, as a rule Service.
      name Name of the backend.
      namespace Namespace of the backend; the route's own when left out. Another one needs a ReferenceGrant there.
      port Port of the backend. Has to be there for a Service.
      weight Its share: this number divided by the sum of all. Nothing goes to a backend with 0.
    filters What is done to the requests of this rule on their way.
    matches What a request must be like. One of them that fits is enough; without any, every request does.
     [] Demands on a request, all of which must be met.
      headers Metadata that the request must have.
      method Service and method that the request must be for.
       method Name of the method; any when left out.
       service Name of the service; any when left out.
       type How both are compared: Exact or RegularExpression.
    name Name of the rule, by which others can refer to it.
 status What controllers report of the route.
  parents How the route is doing at each of its parents.
BackendTLSPolicy Has Gateways speak TLS to a backend, and says whose certificate they believe.
 spec What is wanted of the connections.
  options More settings of TLS, which each controller defines for itself.
  targetRefs The backends that this is about, in the same namespace.
   [] A backend that this is about.
    group API group of the backend.
    kind Kind of the backend, as a rule Service.
    name Name of the backend.
    sectionName Part of the backend, for a Service the name of a port. The whole of it when left out.
  validation How the backend's certificate is looked at.
   caCertificateRefs Objects with the certificates of authorities that are believed, as a rule ConfigMaps with the key ca.crt. To be left out with wellKnownCACertificates.
   hostname Name that is sent as SNI, and that the certificate must be for unless subjectAltNames are given.
   subjectAltNames Names of which the certificate must have one.
    [] A name that the certificate may have.
     hostname The name as a host. Belongs to the type Hostname.
     type Whether it is a host (Hostname) or a URI (URI).
     uri The name as a URI, such as a SPIFFE identity. Belongs to the type URI.
   wellKnownCACertificates System: the authorities that the Gateway's own system believes are believed.
 status What controllers report of the policy.
  ancestors How the policy is doing at each Gateway that it reaches.
   [] How the policy is doing at one Gateway.
    ancestorRef The Gateway that this is about.
    conditions What its controller thinks of the policy.
    controllerName Name of the controller that wrote this.
`;

/** What the fields of parts are for that several of these kinds have, part by part. */
export const PART_WORDS = `
caCertificateRef An object in the same namespace.
 group API group of that object; empty for the core group.
 kind Kind of that object.
 name Name of that object.
ancestorRef An object that routes attach themselves to, as a rule a Gateway.
 group API group of the parent.
 kind Kind of the parent, as a rule Gateway.
 name Name of the parent.
 namespace Namespace of the parent; the route's own when left out.
 port Port of the listeners that are meant; all of them when left out.
 sectionName Name of the listener that is meant; all of them when left out.
conditions What a controller thinks of the object.
condition One side of an object's state.
 lastTransitionTime When the status last changed from one value to another.
 message Details of the last change, for people. May be empty.
 observedGeneration Generation of the object that this was said of. When it is less than metadata.generation, it is out of date.
 reason Reason of the last change, as one word for programs.
 status True, False or Unknown.
 type What the condition is about, such as Accepted or Programmed.
kinds Kinds of routes.
parentRefs What the route attaches itself to.
filters2 What is done to requests and answers on their way.
headers Headers, each by its name.
parents How the route is doing at each parent.
filters What is done to requests and answers on their way.
kind A kind of route.
 group API group of the route.
 kind Kind of the route, such as HTTPRoute.
filter2 Something that is done to a request or an answer on its way.
 extensionRef A filter of the controller's own kind. Belongs to the type ExtensionRef.
 requestHeaderModifier Changes headers of the request. Belongs to the type RequestHeaderModifier.
 requestMirror Sends the request to another backend as well, whose answer nobody reads. Belongs to the type RequestMirror.
 responseHeaderModifier Changes headers of the answer. Belongs to the type ResponseHeaderModifier.
 type Which filter it is. The field of the same name holds its settings.
header A header, and the value it must have.
 name Name of the header; whether letters are small or not does not matter.
 type How the value is compared: Exact or RegularExpression.
 value What the value is compared with.
parent How the route is doing at one parent.
 conditions What the parent's controller thinks of the route. Accepted: it is attached; ResolvedRefs: all it refers to is there and may be used.
 controllerName Name of the controller that wrote this.
 parentRef The parent that this is about, as the route's spec names it.
filter Something that is done to a request or an answer on its way.
 extensionRef A filter of the controller's own kind. Belongs to the type ExtensionRef.
 requestHeaderModifier Changes headers of the request. Belongs to the type RequestHeaderModifier.
 requestMirror Sends the request to another backend as well, whose answer nobody reads. Belongs to the type RequestMirror.
 requestRedirect Answers the request with a redirect, instead of sending it on. Belongs to the type RequestRedirect.
 responseHeaderModifier Changes headers of the answer. Belongs to the type ResponseHeaderModifier.
 type Which filter it is. The field of the same name holds its settings.
 urlRewrite Changes host or path before the request goes on. Belongs to the type URLRewrite.
requestHeaderModifier Changes headers.
 add Headers that are added; a value that is there already stays beside the new one.
 remove Names of headers that are taken away.
  [] Name of a header.
 set Headers that are set, in place of a value that is there.
requestMirror Sends requests to another backend as well.
 backendRef The other backend.
 fraction Share of the requests that is sent there. To be left out with percent.
 percent Share of the requests that is sent there, of a hundred. All when neither this nor fraction is given.
requestRedirect Answers with a redirect.
 hostname Host of the address that is sent back; that of the request when left out.
 path Path of the address that is sent back; that of the request when left out.
 port Port of the address that is sent back. When left out, the one that the scheme has, or else the listener's.
 scheme Scheme of the address that is sent back; that of the request when left out.
 statusCode Status of the answer.
urlRewrite Changes the address of a request.
 hostname Host that the backend is told.
 path Path that the backend is asked for.
add Headers, each by its name.
backendRef An object that takes requests, as a rule a Service.
 group API group of the object; empty for the core group.
 kind Kind of the object, as a rule Service.
 name Name of the object.
 namespace Namespace of the object; the route's own when left out. Another one needs a ReferenceGrant there.
 port Port of the object. Has to be there for a Service.
fraction A share as a fraction.
 denominator What is divided by.
 numerator What is divided.
path How a path is replaced.
 replaceFullPath Takes the place of the whole path. Belongs to the type ReplaceFullPath.
 replacePrefixMatch Takes the place of the part that the rule's PathPrefix matched. Belongs to the type ReplacePrefixMatch.
 type Whether the whole path is replaced (ReplaceFullPath), or the part that was matched (ReplacePrefixMatch).
add2 A header and its value.
 name Name of the header; whether letters are small or not does not matter.
 value Its value.
`;
